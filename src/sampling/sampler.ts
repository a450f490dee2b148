import { normalized } from '../common/text.ts';
import type { Vocabulary } from '../corpus/index.ts';
import type { Stepper } from '../engine/index.ts';
import { RandomGenerator } from '../model/index.ts';
import { chooseSymbol } from './distribution.ts';
import { openingSymbols } from './prime.ts';
import { RepetitionBlocker } from './repetition-blocker.ts';
import { SyllableRules } from './syllables.ts';

export interface SampleOptions {
  /** Text to continue; an empty one means the start of a file. */
  readonly prime: string;
  /** Characters to write. */
  readonly length: number;
  /** 0 takes the likeliest symbol, even if the text then repeats itself; above 0, long repetitions are blocked. */
  readonly temperature: number;
  readonly seed: number;
}

/** Symbols of a piece: few, so that a reader sees the text grow and the caller can end it between two pieces. */
export const SYMBOLS_PER_PIECE = 8;

/**
 * Writes a sample by the network alone, a few characters at a time (the prime is not part of it); never the special
 * symbols. Hangul that the network writes in jamo comes in whole syllables.
 */
export function* sample(
  stepper: Stepper,
  vocabulary: Vocabulary,
  options: SampleOptions,
): Generator<string, void, void> {
  const random = new RandomGenerator(options.seed);
  const state = new Float32Array(stepper.stateSize);
  const logits = new Float32Array(stepper.specification.vocabularySize);
  const prime = normalized(options.prime);
  stepper.feed(openingSymbols(vocabulary, prime === ''), state, logits);
  stepper.feed(vocabulary.encode(prime), state, logits);
  const rules = vocabulary.decomposesHangul ? new SyllableRules(vocabulary) : undefined;
  const repetition = options.temperature > 0 ? new RepetitionBlocker(prime) : undefined;
  const codePoints = vocabulary.symbols.map((symbol) => symbol.codePointAt(0)!);
  let piece: number[] = [];
  let characters = 0;
  for (;;) {
    rules?.forbid(logits);
    const blocked = repetition?.blocked();
    const isAllowed = blocked?.size ? (id: number) => !blocked.has(codePoints[id]) : undefined;
    const symbol = chooseSymbol(logits, options.temperature, random, isAllowed);
    const isNext = rules?.begins(symbol ?? 0) ?? true;
    const isOver = symbol === undefined || (isNext && characters >= options.length);
    if (piece.length > 0 && (isOver || (isNext && piece.length >= SYMBOLS_PER_PIECE))) {
      yield vocabulary.decode(piece);
      piece = [];
    }
    if (isOver) return;
    if (isNext) characters++;
    piece.push(symbol);
    rules?.add(symbol);
    repetition?.add(codePoints[symbol]);
    stepper.feed([symbol], state, logits);
  }
}
