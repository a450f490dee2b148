import { RandomGenerator } from '../model/index.ts';
import type { Batch } from './engine.ts';

/** A window of random symbols and targets, for trials of speed and checks; the same at every call. */
export function randomBatch(vocabularySize: number, streams: number, length: number): Batch {
  const random = new RandomGenerator(0);
  const symbols = () =>
    Int32Array.from({ length: length * streams }, () => Math.floor(random.nextUniform() * vocabularySize));
  return { sequenceLength: length, inputs: symbols(), targets: symbols() };
}
