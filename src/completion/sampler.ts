import type { Vocabulary } from '../corpus/index.ts';
import type { Stepper } from '../engine/index.ts';

export interface SampleOptions {
  /** Text to continue; empty: the start of a file. */
  readonly prime: string;
  /** Characters to write. */
  readonly length: number;
  readonly temperature: number;
  readonly seed: number;
}

/** Writes a sample, a few characters at a time (the prime is not part of it); never the special symbols. */
export function* sample(
  _stepper: Stepper,
  _vocabulary: Vocabulary,
  _options: SampleOptions,
): Generator<string, void, void> {
  throw new Error('in progress');
}
