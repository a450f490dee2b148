import type { NetworkSpecification } from '../src/model/index.ts';
import { SYMBOLS } from './text.ts';

/** Of the network and of a training step. */
export interface Sizes {
  readonly units: number;
  readonly layers: number;
  /** B, parallel streams. */
  readonly batchSize: number;
  /** T, symbols of each stream in a step. */
  readonly sequenceLength: number;
}

/** The sizes that everything is compared at, unless asked otherwise. */
export const defaultSizes: Sizes = { units: 128, layers: 2, batchSize: 50, sequenceLength: 200 };

/** LSTM with an embedding as wide as its layers, without dropout. */
export function specificationFor({ units, layers }: Sizes): NetworkSpecification {
  return { cell: 'lstm', layers, units, embedding: units, dropout: 0, vocabularySize: SYMBOLS };
}

/** For people. */
export function networkTitle({ units, layers }: Sizes): string {
  return `${layers} x ${units}, V ${SYMBOLS}, embedding ${units}`;
}
