import type { Vocabulary } from '../corpus/index.ts';
import type { Stepper } from '../engine/index.ts';
import { RandomGenerator } from '../model/index.ts';
import { chooseSymbol } from './distribution.ts';
import { normalized, openingSymbols } from './opening.ts';

export interface SampleOptions {
  /** Text to continue; empty: the start of a file. */
  readonly prime: string;
  /** Characters to write. */
  readonly length: number;
  readonly temperature: number;
  readonly seed: number;
}

const symbolsPerChunk = 8;

/** Writes a sample, a few characters at a time (the prime is not part of it); never the special symbols. */
export function* sample(
  stepper: Stepper,
  vocabulary: Vocabulary,
  options: SampleOptions,
): Generator<string, void, void> {
  const random = new RandomGenerator(options.seed);
  const state = new Float32Array(stepper.stateSize);
  const logits = new Float32Array(stepper.specification.vocabularySize);
  stepper.feed(openingSymbols(vocabulary, options.prime === ''), state, logits);
  stepper.feed(vocabulary.encode(normalized(options.prime)), state, logits);
  let chunk: number[] = [];
  for (let written = 0; written < options.length; written++) {
    const symbol = chooseSymbol(logits, options.temperature, random);
    if (symbol === undefined) return;
    chunk.push(symbol);
    if (chunk.length === symbolsPerChunk || written + 1 >= options.length) {
      yield vocabulary.decode(chunk);
      chunk = [];
    }
    stepper.feed([symbol], state, logits);
  }
}
