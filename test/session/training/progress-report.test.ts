import { describe, expect, it } from 'vitest';
import type { TrainingEvent } from '../../../src/training/index.ts';
import { ProgressReport } from '../../../src/session/training/progress-report.ts';

function step(fraction: number, loss: number): TrainingEvent {
  return {
    event: 'step',
    step: 1,
    epoch: 0,
    loss,
    learningRate: 0.002,
    charactersPerSecond: 20_000,
    fraction,
    secondsLeft: 10,
  };
}

function measured(atStep: number, bitsPerCharacter: number): TrainingEvent {
  return { event: 'validation', step: atStep, bitsPerCharacter };
}

describe('what the progress notification shows of the events of a training', () => {
  it('begins at nought with the first step, however long preparing took', () => {
    const report = new ProgressReport();
    expect(report.next(step(0.5, 1))?.message).toMatch(/^0 % /);
    expect(report.next(step(0.75, 1))).toMatchObject({ increment: 50 });
    expect(report.next(step(1, 1))?.message).toMatch(/^100 % /);
    expect(report.fraction).toBe(1);
  });

  it('never goes back', () => {
    const report = new ProgressReport();
    report.next(step(0, 1));
    report.next(step(0.5, 1));
    expect(report.next(step(0.4, 1))?.increment).toBe(0);
    expect(report.fraction).toBe(0.5);
  });

  it('shows a smoothed loss in bits until the held-out files are measured, then their bits and the step', () => {
    const report = new ProgressReport();
    report.next(step(0, Math.LN2));
    expect(report.next(step(0.1, 51 * Math.LN2))?.message).toMatch(/ 2\.00 bits per character · /);
    expect(report.next(measured(36, 0.912))).toBeUndefined();
    expect(report.bitsPerCharacter).toBe(0.912);
    expect(report.next(step(0.2, 9))?.message).toMatch(/ 0\.91 bits per character at step 36 · /);
  });

  it('shows the loss with the context model as soon as a step had one, whatever steps without come between', () => {
    const report = new ProgressReport();
    const alone = (bits: number): TrainingEvent =>
      ({ ...step(0.1, bits * Math.LN2), isAlone: true }) as TrainingEvent;
    expect(report.next(alone(3))?.message).toMatch(
      / 3\.00 bits per character without the context model yet · /,
    );
    expect(report.next(step(0.1, Math.LN2))?.message).toMatch(/ 1\.00 bits per character · /);
    expect(report.next(alone(2.9))?.message).toMatch(/ 1\.00 bits per character · /);
    expect(report.next(step(0.1, 51 * Math.LN2))?.message).toMatch(/ 2\.00 bits per character · /);
  });

  it('says what is done before the first step, all the time', () => {
    const report = new ProgressReport();
    const corpus = {
      event: 'corpus',
      files: 1,
      characters: 9,
      validationFiles: 0,
      vocabularySize: 3,
      leftOut: [],
    };
    const messages = [
      { event: 'reading', filesSeen: 3, charactersRead: 70 },
      corpus,
      { event: 'remembering', fraction: 0.5 },
      { event: 'remembering', fraction: 1 },
    ].map((event) => report.next(event as TrainingEvent)?.message);
    expect(messages).toEqual([
      'reading files: 3 seen, 70 characters',
      'choosing the engine',
      'building the context model: 50 %',
      'preparing the first step',
    ]);
  });
});
