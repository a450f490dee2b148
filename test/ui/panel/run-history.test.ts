import { describe, expect, it } from 'vitest';
import type { TrainingEvent } from '../../../src/training/index.ts';
import { RunHistory } from '../../../src/ui/panel/run-history.ts';

const stepEvent = (step: number): TrainingEvent => ({
  event: 'step',
  step,
  epoch: 1,
  loss: 2,
  gradientNorm: 1.5,
  learningRate: 0.004,
  charactersPerSecond: step > 0 ? 1000 : 0,
  fraction: 0.25,
  secondsLeft: 30,
});

describe('the history of a training', () => {
  it('has a point for each step, by the time since it began', () => {
    const run = new RunHistory(1000);
    expect(run.add(stepEvent(0), 2000)).toEqual({
      activity: { kind: 'training', fraction: 0.25, secondsLeft: 30, epoch: 1 },
      points: [{ step: 0, seconds: 1, loss: 2, learningRate: 0.004, gradientNorm: 1.5 }],
    });
    run.add({ event: 'validation', step: 0, bitsPerCharacter: 3 }, 3000);
    run.add(stepEvent(1), 4000);
    expect(run.points).toEqual([
      { step: 0, seconds: 2, loss: 2, learningRate: 0.004, gradientNorm: 1.5, heldOutBits: 3 },
      { step: 1, seconds: 3, loss: 2, learningRate: 0.004, gradientNorm: 1.5, charactersPerSecond: 1000 },
    ]);
  });

  it('keeps no more points than a chart shows', () => {
    const run = new RunHistory(0);
    for (let step = 0; step < 5000; step++) run.add(stepEvent(step), step);
    expect(run.points.length).toBeLessThanOrEqual(1200);
    expect(run.points[0].step).toBeLessThan(100);
    expect(run.points.at(-1)?.step).toBe(4999);
  });

  it('has the samples, and what goes on before there are steps', () => {
    const run = new RunHistory(0);
    expect(run.add({ event: 'reading', filesSeen: 3, charactersRead: 4 }, 1)).toEqual({
      activity: { kind: 'reading', filesSeen: 3, charactersRead: 4 },
    });
    expect(run.add({ event: 'remembering', fraction: 0.5 }, 1)).toEqual({
      activity: { kind: 'remembering', fraction: 0.5 },
    });
    const sample = { step: 5, loss: 1, text: 'a' };
    expect(run.add({ event: 'sample', epoch: 0, ...sample }, 1)).toEqual({ samples: [sample] });
    expect(run.samples).toEqual([sample]);
  });

  it('knows with which step it began', () => {
    const run = new RunHistory(0);
    const started = { engine: '', engineReason: '', parameters: 1, batchSize: 1, stepsPerEpoch: 1 };
    expect(run.add({ event: 'started', ...started, resumedFromStep: 7 }, 1)).toEqual({});
    expect(run.resumedFromStep).toBe(7);
  });
});
