import type { Vocabulary } from '../corpus/index.ts';
import type { Stepper } from '../engine/index.ts';
import { RandomGenerator } from '../model/index.ts';
import { automaticThresholds, bestBeginning, explicitThresholds } from './confidence.ts';
import type { Path, Thresholds } from './confidence.ts';
import { chooseSymbol, logProbability } from './distribution.ts';
import { reindented } from './indentation.ts';
import { normalized } from './opening.ts';
import { mayContinueBefore, placeOf, type Place } from './place.ts';
import { DocumentStates, type Reading } from './states.ts';
import { allowedLength, trimmed } from './trim.ts';
import { windowOf } from './window.ts';

/** The text around the cursor and how to continue it. */
export interface SuggestionRequest {
  /** Names the document, for its cache of hidden states. */
  readonly document: string;
  /** Text before the cursor, from a line start (`atFileStart`: from the file's), LF line ends. */
  readonly prefix: string;
  readonly atFileStart: boolean;
  /** Text after the cursor: the rest of its line and the next few lines, LF line ends. */
  readonly suffix: string;
  readonly indentation: { readonly insertSpaces: boolean; readonly tabSize: number };
  /** 0 takes the most likely symbol. */
  readonly temperature: number;
  readonly seed: number;
  /** Largest length in characters. */
  readonly maxLength: number;
  /** The user asked by hand: speak at lower confidence. */
  readonly explicit: boolean;
}

export interface Suggestion {
  /** Never empty; LF line ends. */
  readonly text: string;
  /** Probability of the whole text at temperature 1. */
  readonly confidence: number;
}

/** Above temperature 0 one draw may lead nowhere; as many are made until one is worth showing. */
const mostDraws = 3;
const symbolsBetweenChecks = 4;

/** Suggests continuations with one network, keeping hidden states of the documents it has seen. */
export class Suggester {
  private readonly stepper: Stepper;
  private readonly vocabulary: Vocabulary;
  private readonly states: DocumentStates;

  constructor(stepper: Stepper, vocabulary: Vocabulary) {
    this.stepper = stepper;
    this.vocabulary = vocabulary;
    this.states = new DocumentStates(stepper, vocabulary);
  }

  /** Same request, same network: same answer. Undefined: nothing worth showing, or cancelled. */
  suggest(request: SuggestionRequest, isCancelled: () => boolean = () => false): Suggestion | undefined {
    const suffix = normalized(request.suffix);
    const { text: prefix, atFileStart } = windowOf(normalized(request.prefix), request.atFileStart);
    const place = placeOf(prefix, suffix, request.indentation.tabSize);
    if (!mayContinueBefore(place.restOfLine) || isCancelled()) return undefined;
    const reading = this.states.read(request.document, prefix, atFileStart, isCancelled);
    if (!reading) return undefined;
    const random = new RandomGenerator(seedOf(`${prefix}\0${suffix}`) ^ request.seed);
    const draws = request.temperature > 0 ? mostDraws : 1;
    for (let draw = 0; draw < draws; draw++) {
      const suggestion = this.draw(reading, place, request, random, isCancelled);
      if (suggestion || isCancelled()) return suggestion;
    }
    return undefined;
  }

  /** Drops what is kept for a document. */
  forget(document: string): void {
    this.states.forget(document);
  }

  private draw(
    reading: Reading,
    place: Place,
    request: SuggestionRequest,
    random: RandomGenerator,
    isCancelled: () => boolean,
  ): Suggestion | undefined {
    const thresholds = request.explicit ? explicitThresholds : automaticThresholds;
    const path = this.extend(reading, place, request, thresholds.floor, random, isCancelled);
    if (!path) return undefined;
    const best = bestBeginning(path, trimmed(path.text, place).length, thresholds);
    if (!best) return undefined;
    const { indentation, maxLength } = request;
    const shown = reindented(
      trimmed(best.text, place),
      place.lineBefore,
      place.blockIndentation,
      indentation,
    );
    const text = [...shown].slice(0, maxLength).join('').trimEnd();
    return isWorthShowing(text, thresholds) ? { text, confidence: best.confidence } : undefined;
  }

  /** Writes on until the text ends by itself, is too long, or is too unlikely. Undefined when cancelled. */
  private extend(
    reading: Reading,
    place: Place,
    { temperature, maxLength }: SuggestionRequest,
    floor: number,
    random: RandomGenerator,
    isCancelled: () => boolean,
  ): Path | undefined {
    const state = reading.state.slice();
    const logits = reading.logits.slice();
    const probabilities: number[] = [];
    let text = '';
    let logarithm = 0;
    while (probabilities.length < maxLength) {
      const symbol = chooseSymbol(logits, temperature, random);
      if (symbol === undefined) break;
      logarithm += logProbability(logits, symbol);
      const probability = Math.exp(logarithm);
      if (!(probability >= floor)) break;
      text += this.vocabulary.symbols[symbol];
      probabilities.push(probability);
      if (allowedLength(text, place) < text.length) break;
      if (probabilities.length % symbolsBetweenChecks === 0 && isCancelled()) return undefined;
      this.stepper.feed([symbol], state, logits);
    }
    return { text, probabilities };
  }
}

function isWorthShowing(text: string, { leastVisible }: Thresholds): boolean {
  return [...text].filter((character) => character.trim() !== '').length >= leastVisible;
}

/** FNV-1a over UTF-16 code units (Fowler, Noll and Vo), 32 bits. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
