import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../src/model/index.ts';
import { EarlyStopping } from '../../../../src/training/loop/saving/early-stopping.ts';
import { bareModel } from '../../../model/small-models.ts';

/** What becomes of measures of these bits, the model being at step 0, 1, 2 … */
function measured(...bits: readonly number[]) {
  const stopping = new EarlyStopping();
  const snapshots: number[] = [];
  for (const [step, bitsPerCharacter] of bits.entries()) {
    stopping.add({ bitsPerCharacter }, () => {
      snapshots.push(step);
      return modelAt(step);
    });
  }
  return { stopping, snapshots };
}

function modelAt(step: number): Model {
  const model = bareModel();
  return { ...model, training: { ...model.training, steps: step } };
}

describe('EarlyStopping', () => {
  it('is exhausted after four measures without a gain worth mentioning', () => {
    expect(measured(2, 1.5, 1.6, 1.4999, 1.7).stopping.isExhausted).toBe(false);
    expect(measured(2, 1.5, 1.6, 1.4999, 1.7, 1.5).stopping.isExhausted).toBe(true);
    expect(measured(2, 1.5, 1.6, 1.7, 1.4, 1.5, 1.5, 1.5).stopping.isExhausted).toBe(false);
  });

  it('is not exhausted by small gains that add up', () => {
    expect(measured(2, 1.9994, 1.9988, 1.9982, 1.9976, 1.997).stopping.isExhausted).toBe(false);
  });

  it('keeps the best model with its own step, and the bits it costs', () => {
    const { best } = measured(2, 1.5, 1.6).stopping;
    expect(best!.measure).toEqual({ bitsPerCharacter: 1.5 });
    expect(best!.model.training.steps).toBe(1);
  });

  it('keeps the better one of two that differ by next to nothing', () => {
    expect(measured(1.5, 1.4999).stopping.best!.model.training.steps).toBe(1);
    expect(measured(1.5, 1.5).stopping.best!.model.training.steps).toBe(0);
  });

  /** The step of the model kept of measures of these bits, together and alone. */
  function keptOf(isResumed: boolean, ...measures: readonly (readonly [number, number])[]): number {
    const stopping = new EarlyStopping(isResumed ? modelAt(0) : undefined);
    for (const [step, [bitsPerCharacter, bitsPerCharacterAlone]] of measures.entries()) {
      const bits = { bitsPerCharacter, bitsPerCharacterAlone, bitsPerCharacterMemory: 0.8 };
      stopping.add(bits, () => modelAt(step));
    }
    return stopping.best!.model.training.steps;
  }

  it('weighs both together and the network alone alike', () => {
    expect(keptOf(false, [0.692, 1.392], [0.716, 1.36])).toBe(0);
    expect(keptOf(false, [0.692, 1.392], [0.716, 1.339])).toBe(1);
    expect(keptOf(false, [0.882, 2.978], [0.886, 2.523])).toBe(1);
    expect(keptOf(false, [0.75, 1.4], [0.7, 1.43])).toBe(1);
    expect(keptOf(false, [0.75, 1.4], [0.749, 1.5])).toBe(0);
  });

  it('takes no model that costs 8 % more together, however well its network writes', () => {
    expect(keptOf(false, [0.8, 3], [0.863, 1])).toBe(1);
    expect(keptOf(false, [0.8, 3], [0.865, 1])).toBe(0);
  });

  it('takes no model that is worse together than the one resumed', () => {
    expect(keptOf(true, [0.8, 3], [0.801, 1])).toBe(0);
    expect(keptOf(true, [0.8, 3], [0.799, 2.9], [0.8, 2])).toBe(2);
  });

  it('is not exhausted as long as the network alone gets better', () => {
    const stopping = new EarlyStopping();
    for (const alone of [3, 2.8, 2.6, 2.5, 2.4, 2.3]) {
      const bits = { bitsPerCharacter: 0.8, bitsPerCharacterAlone: alone, bitsPerCharacterMemory: 0.8 };
      stopping.add(bits, () => modelAt(0));
    }
    expect(stopping.isExhausted).toBe(false);
  });

  it('copies a model only where it is the best, and has none before the first measure', () => {
    expect(measured(2, 1.5, 1.6, 1.4).snapshots).toEqual([0, 1, 3]);
    expect(new EarlyStopping().best).toBeUndefined();
  });

  it.each([
    [NaN, true],
    [Infinity, true],
    [4.6, true],
    [4.5, false],
    [1, false],
  ])('takes %f bits after 1.5 for diverged: %s', (bitsPerCharacter, isDiverged) => {
    expect(measured(2, 1.5, 1.6).stopping.isDiverged({ bitsPerCharacter })).toBe(isDiverged);
  });

  it('takes any number for the first measure, but something that is none for diverged', () => {
    expect(new EarlyStopping().isDiverged({ bitsPerCharacter: 99 })).toBe(false);
    for (const bitsPerCharacter of [NaN, Infinity])
      expect(new EarlyStopping().isDiverged({ bitsPerCharacter })).toBe(true);
  });
});
