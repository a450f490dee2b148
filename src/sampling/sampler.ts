import type { Vocabulary } from '../corpus/index.ts';
import type { Stepper } from '../engine/index.ts';
import { RandomGenerator } from '../model/index.ts';
import { addPrior, idsByCodePoint, type Beside } from './prior-provider.ts';
import { chooseSymbol } from './distribution.ts';
import { normalized } from '../common/text.ts';
import { openingSymbols } from './prime.ts';
import { SyllableRules } from './syllables.ts';

export interface SampleOptions {
  /** Text to continue; empty: the start of a file. */
  readonly prime: string;
  /** Characters to write. */
  readonly length: number;
  readonly temperature: number;
  readonly seed: number;
}

const symbolsPerChunk = 8;

/**
 * Writes a sample, a few characters at a time (the prime is not part of it); never the special symbols. Hangul
 * that the network writes in jamo comes in whole syllables.
 * @param beside what a network with a prior was trained beside, having read the prime; see `besideFor`.
 */
export function* sample(
  stepper: Stepper,
  vocabulary: Vocabulary,
  options: SampleOptions,
  beside?: Beside,
): Generator<string, void, void> {
  const random = new RandomGenerator(options.seed);
  const state = new Float32Array(stepper.stateSize);
  const logits = new Float32Array(stepper.specification.vocabularySize);
  stepper.feed(openingSymbols(vocabulary, options.prime === ''), state, logits);
  stepper.feed(vocabulary.encode(normalized(options.prime)), state, logits);
  const rules = vocabulary.decomposesHangul ? new SyllableRules(vocabulary) : undefined;
  const ids = idsByCodePoint(vocabulary);
  let chunk: number[] = [];
  let characters = 0;
  for (;;) {
    if (beside) addPrior(logits, stepper, state, beside.prior(), ids);
    rules?.forbid(logits);
    const symbol = chooseSymbol(logits, options.temperature, random);
    const isNext = rules?.begins(symbol ?? 0) ?? true;
    const isOver = symbol === undefined || (isNext && characters >= options.length);
    if (chunk.length > 0 && (isOver || (isNext && chunk.length >= symbolsPerChunk))) {
      yield vocabulary.decode(chunk);
      chunk = [];
    }
    if (isOver) return;
    if (isNext) characters++;
    chunk.push(symbol);
    rules?.add(symbol);
    beside?.advance(vocabulary.symbols[symbol].codePointAt(0)!);
    stepper.feed([symbol], state, logits);
  }
}
