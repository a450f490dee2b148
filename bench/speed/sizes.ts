import type { NetworkSpecification } from '../../src/model/index.ts';
import { wholeNumber } from '../arguments.ts';
import { SYMBOLS } from './text.ts';

/** Sizes of the network and of a training step. */
export interface Sizes {
  readonly units: number;
  /** Values of a symbol's embedding; without it as many as a layer has units. */
  readonly embedding?: number;
  readonly layers: number;
  /** B, parallel streams. */
  readonly batchSize: number;
  /** T, symbols of each stream in a step. */
  readonly sequenceLength: number;
}

/** The default sizes of comparisons. */
export const DEFAULT_SIZES: Sizes = { units: 128, layers: 2, batchSize: 50, sequenceLength: 200 };

/** LSTM without dropout. */
export function specificationFor({ units, embedding = units, layers }: Sizes): NetworkSpecification {
  return { cell: 'lstm', layers, units, embedding, dropout: 0, vocabularySize: SYMBOLS };
}

/** A title for tables and plots. */
export function networkTitle({ units, embedding = units, layers }: Sizes): string {
  return `${layers} x ${units}, V ${SYMBOLS}, embedding ${embedding}`;
}

/** The options of the command line that choose sizes. */
interface SizeValues {
  readonly units?: string;
  readonly embedding?: string;
  readonly layers?: string;
  readonly 'batch-size'?: string;
  readonly 'sequence-length'?: string;
}

/** The sizes asked for: one for each of the units given, like `128,256`. @throws UsageError */
export function sizesFrom(values: SizeValues, usualUnits: string): Sizes[] {
  const rest = {
    embedding: values.embedding === undefined ? undefined : wholeNumber('embedding', values.embedding, 1),
    layers: wholeNumber('layers', values.layers, DEFAULT_SIZES.layers),
    batchSize: wholeNumber('batch-size', values['batch-size'], DEFAULT_SIZES.batchSize),
    sequenceLength: wholeNumber('sequence-length', values['sequence-length'], DEFAULT_SIZES.sequenceLength),
  };
  const asked = (values.units ?? usualUnits).split(',');
  return asked.map((units) => ({ units: wholeNumber('units', units, DEFAULT_SIZES.units), ...rest }));
}
