import type { NetworkSpecification } from '../model/index.ts';
import type { Batch, BatchLimits, LogitBias } from './engine.ts';

/** The largest K of a logit bias. */
export const MAX_BIAS_ENTRIES = 32;

/**
 * Checks a batch before anything is computed from it.
 * @returns the number of counted targets.
 * @throws RangeError naming what does not fit the network.
 */
export function checkBatch(specification: NetworkSpecification, limits: BatchLimits, batch: Batch): number {
  const { vocabularySize, layers, units, dropout, prior = false } = specification;
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
  if (batch.logitBias !== undefined) {
    if (!prior) throw new RangeError('a prior for a network without one');
    checkLogitBias(batch.logitBias, symbols, vocabularySize);
  }
  return counted;
}

function checkLogitBias({ entries, symbols, values }: LogitBias, rows: number, vocabularySize: number): void {
  if (!(Number.isInteger(entries) && entries >= 1 && entries <= MAX_BIAS_ENTRIES)) {
    throw new RangeError(`a prior of ${entries} entries; from 1 to ${MAX_BIAS_ENTRIES} are possible`);
  }
  if (symbols.length !== rows * entries || values.length !== rows * entries) {
    throw new RangeError(
      `a prior of ${symbols.length} symbols and ${values.length} values instead of ${rows} x ${entries}`,
    );
  }
  for (let i = 0; i < symbols.length; i++) {
    const symbol = symbols[i];
    if (symbol < 0) continue;
    if (symbol >= vocabularySize) {
      throw new RangeError(`symbol ${symbol} of a prior outside the vocabulary of ${vocabularySize}`);
    }
    if (!(values[i] >= 0 && values[i] < Infinity)) {
      throw new RangeError(`${values[i]} in a prior, whose values are finite and not negative`);
    }
  }
}
