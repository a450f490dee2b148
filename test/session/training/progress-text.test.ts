import { describe, expect, it } from 'vitest';
import { durationText } from '../../../src/common/duration.ts';
import {
  doneText,
  readingText,
  contextModelText,
  stepText,
} from '../../../src/session/training/progress-text.ts';

const step = {
  event: 'step',
  step: 120,
  epoch: 1,
  loss: 1.2345,
  learningRate: 0.002,
  charactersPerSecond: 35_210,
  fraction: 0.437,
  secondsLeft: 130,
} as const;
const done = {
  event: 'done',
  engine: 'wasm',
  engineReason: 'a test',
  steps: 1234,
  savedStep: 1234,
  hasImproved: true,
  loss: 1.3,
  bitsPerCharacter: 1.916,
  charactersPerSecond: 35_000,
  seconds: 540,
  ending: 'minutes',
} as const;

describe('what the progress notification says', () => {
  it('gives percentage, bits and the step they were measured at, speed and time left', () => {
    expect(stepText(step, 0.437, { bitsPerCharacter: 2.1, heldOutAtStep: 1200 })).toBe(
      '43 % · 2.10 bits per character at step 1,200 · 35k characters/s · 2 min left',
    );
  });

  it('leaves out what is not known yet', () => {
    expect(stepText({ ...step, secondsLeft: Infinity }, 0.437, { bitsPerCharacter: 2.1 })).toBe(
      '43 % · 2.10 bits per character · 35k characters/s',
    );
  });

  it('counts files while reading', () => {
    expect(contextModelText(0.129)).toBe('building the context model: 12 %');
    expect(readingText(12_345, 4_500_000)).toBe('reading files: 12,345 seen, 4,500k characters');
  });

  it('announces the result', () => {
    expect(doneText(done)).toMatch(/trained for 9 min to 1\.92 bits per character/);
    expect(doneText({ ...done, bitsPerCharacter: null })).toMatch(/to a loss of 1\.30/);
  });

  it('names the step that is kept where it is not the last', () => {
    expect(doneText({ ...done, savedStep: 36 })).toMatch(
      /to 1\.92 bits per character \(best at step 36 of 1,234, which is kept\) and suggests/,
    );
    expect(doneText(done)).not.toMatch(/best at/);
  });

  it('tells an interrupted run that nothing is lost', () => {
    expect(doneText({ ...done, ending: 'interrupted' })).toMatch(
      /stopped at step 1,234; what it learnt is saved/,
    );
  });

  it('says where nothing new was learnt, and that the model is as it was', () => {
    const text = doneText({ ...done, ending: 'converged', savedStep: 1000, hasImproved: false });
    expect(text).toMatch(/found nothing new to learn in these files: .* the model stays as it was\.$/);
    const cancelled = doneText({ ...done, ending: 'interrupted', savedStep: 1000, hasImproved: false });
    expect(cancelled).toMatch(/found nothing new to learn in these files so far/);
  });

  it('does not claim that nothing was learnt where that was not measured', () => {
    const text = doneText({
      ...done,
      ending: 'interrupted',
      savedStep: 1000,
      hasImproved: false,
      isUnmeasured: true,
    });
    expect(text).toMatch(/stopped before it could measure what it had learnt, so the model stays as it was/);
  });

  it('does not claim that a run stopped at once has learnt something', () => {
    const text = doneText({ ...done, ending: 'interrupted', steps: 0, loss: NaN, bitsPerCharacter: null });
    expect(text).toMatch(/before it had learnt anything/);
    expect(text).not.toMatch(/saved|NaN/);
  });

  for (const [seconds, text] of [
    [0, '0 s'],
    [89, '89 s'],
    [90, '2 min'],
    [3599, '1 h 0 min'],
    [3900, '1 h 5 min'],
  ] as const) {
    it(`${seconds} seconds are "${text}"`, () => expect(durationText(seconds)).toBe(text));
  }
});
