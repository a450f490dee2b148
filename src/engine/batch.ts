import type { NetworkSpecification } from '../model/index.ts';
import type { Batch } from './engine.ts';

/** B of every batch and the largest T. */
export interface BatchLimits {
  readonly batchSize: number;
  readonly sequenceLength: number;
}

/**
 * Checks a batch before anything is computed from it.
 * @returns the number of counted targets.
 * @throws RangeError naming what does not fit the network.
 */
export function checkBatch(specification: NetworkSpecification, limits: BatchLimits, batch: Batch): number {
  const { vocabularySize, layers, units, dropout } = specification;
  const { sequenceLength, inputs, targets, dropoutMasks } = batch;
  if (!(Number.isInteger(sequenceLength) && sequenceLength >= 1 && sequenceLength <= limits.sequenceLength)) {
    throw new RangeError(`a window of ${sequenceLength} symbols; the limit is ${limits.sequenceLength}`);
  }
  const symbols = sequenceLength * limits.batchSize;
  if (inputs.length !== symbols || targets.length !== symbols) {
    throw new RangeError(`${inputs.length} inputs and ${targets.length} targets instead of ${symbols}`);
  }
  let counted = 0;
  for (let i = 0; i < symbols; i++) {
    const input = inputs[i];
    const target = targets[i];
    if (input < 0 || input >= vocabularySize || target >= vocabularySize) {
      throw new RangeError(`symbol ${input} or ${target} outside the vocabulary of ${vocabularySize}`);
    }
    if (target >= 0) counted++;
  }
  if (dropoutMasks !== undefined) {
    if (dropout === 0) throw new RangeError('dropout masks for a network without dropout');
    if (dropoutMasks.length !== layers - 1 || dropoutMasks.some((mask) => mask.length !== symbols * units)) {
      throw new RangeError(`dropout masks are not ${layers - 1} of ${symbols} x ${units} values`);
    }
  }
  return counted;
}
