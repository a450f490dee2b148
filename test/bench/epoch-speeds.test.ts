import { describe, expect, it } from 'vitest';
import { EpochSpeeds } from '../../bench/speed/epoch-speeds.ts';
import type { TrainingEvent } from '../../src/training/index.ts';

const STARTED: TrainingEvent = {
  event: 'started',
  engine: 'wasm',
  engineReason: '',
  parameters: 1,
  batchSize: 2,
  stepsPerEpoch: 2,
  resumedFromStep: 0,
};

function step(epoch: number, more: { isAlone?: true; gradientNorm?: number } = {}): TrainingEvent {
  return {
    event: 'step',
    step: 0,
    epoch,
    loss: 1,
    gradientNorm: 1,
    learningRate: 0.1,
    charactersPerSecond: 1,
    fraction: 0,
    secondsLeft: 0,
    ...more,
  };
}

describe('EpochSpeeds', () => {
  it('counts the seconds from step to step, of the first epoch and of the later ones', () => {
    const speeds = new EpochSpeeds(5);
    speeds.add(STARTED, 1);
    speeds.add(step(0, { isAlone: true }), 2);
    speeds.add(step(0), 5);
    speeds.add(step(1), 6);
    speeds.add(step(2), 7);
    expect(speeds.firstStepSeconds).toBe(2);
    expect(speeds.firstEpoch).toBe((2 * 10) / 4);
    expect(speeds.laterEpochs).toBe((2 * 10) / 2);
    expect(speeds.aloneShare).toBe(0.5);
  });

  it('counts neither what is done between two steps nor the last event, which follows the last step', () => {
    const speeds = new EpochSpeeds(5);
    speeds.add(STARTED, 0);
    speeds.add(step(0), 1);
    speeds.add({ event: 'validation', step: 1, bitsPerCharacter: 2 }, 8);
    speeds.add(step(0), 9);
    speeds.add({ ...step(1), gradientNorm: undefined } as TrainingEvent, 20);
    expect(speeds.firstEpoch).toBe((2 * 10) / 2);
    expect(speeds.laterEpochs).toBeNaN();
  });
});
