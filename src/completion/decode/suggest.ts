import { RandomGenerator } from '../../model/index.ts';
import { fnvOf } from '../../common/fnv.ts';
import { normalized } from '../../common/text.ts';
import { alternativesTo } from './alternatives.ts';
import { choose, chooseAfter } from './sample-token.ts';
import {
  alternativeThresholds,
  automaticThresholds,
  bestBeginning,
  drawnThresholds,
  explicitThresholds,
} from './display-policy.ts';
import type { Eagerness, Thresholds } from './display-policy.ts';
import { reindented } from '../text/indentation.ts';
import { cursorContextOf, isOpaque, type CursorContext } from '../text/cursor-context.ts';
import type { Predictor, Reading, TextBefore } from '../predict/predictor.ts';
import { trimmed } from '../text/trim.ts';
import { wholeSyllables } from '../text/hangul-syllables.ts';
import { fitToFollowing } from './fit-following.ts';
import { windowOf } from '../predict/prefix-window.ts';
import { writeOn, type WrittenPath } from './greedy-decode.ts';

/** The text around the cursor and how to continue it. */
export interface SuggestionRequest extends TextBefore {
  /** Text after the cursor: the rest of its line and the next few lines, LF line ends. */
  readonly suffix: string;
  /**
   * What a suggestion must begin with, LF line ends: the rest of the item that is selected in the editor's list. Left
   * out: anything.
   */
  readonly beginning?: string;
  /** VS Code's language identifier; left out: unknown. */
  readonly languageId?: string;
  readonly indentation: { readonly insertSpaces: boolean; readonly tabSize: number };
  /** 0 takes the most likely symbol. */
  readonly temperature: number;
  readonly seed: number;
  /** Largest length in characters. */
  readonly maxLength: number;
  readonly eagerness: Eagerness;
  /** The user asked by hand: speak at lower confidence, and tell alternatives. */
  readonly explicit: boolean;
}

export interface Suggestion {
  /** Never empty; LF line ends. */
  readonly text: string;
  /** Probability of the whole text at temperature 1. */
  readonly confidence: number;
  /** Other texts, where the user asked by hand; the likeliest first, none a beginning of another. */
  readonly alternatives: readonly string[];
}

/** What may be suggested at the cursor, before it is decided how much of it to show. */
export interface Proposal {
  readonly path: WrittenPath;
  readonly context: CursorContext;
  readonly request: SuggestionRequest;
}

/** What stands behind the cursor may make a text likelier than it was by so much. */
const MAX_EVIDENCE = 3;
/** Above temperature 0 one draw may lead nowhere; as many are made until one is worth showing. */
const MAX_DRAWS = 3;

/** Suggests continuations with one predictor, which keeps what it has read of the documents. */
export class Suggester {
  private readonly predictor: Predictor;

  constructor(predictor: Predictor) {
    this.predictor = predictor;
  }

  /** Same request, same predictor: same answer. Undefined: nothing worth showing, or cancelled. */
  suggest(request: SuggestionRequest, isCancelled: () => boolean = () => false): Suggestion | undefined {
    const thresholds = thresholdsFor(request);
    const draws = request.temperature > 0 ? MAX_DRAWS : 1;
    const proposals = this.proposals(request, thresholds.floor, draws, isCancelled);
    for (const { proposal, reading } of proposals) {
      const first = worthShowing(proposal, thresholds);
      if (!first) continue;
      if (!request.explicit) return { ...first, alternatives: [] };
      return { ...first, alternatives: alternativesBeside(first.text, proposal, reading) };
    }
    return undefined;
  }

  /** The first draw of what `suggest` would choose from, down to probability `floor`. */
  propose(request: SuggestionRequest, floor: number): Proposal | undefined {
    for (const { proposal } of this.proposals(request, floor, 1, () => false)) return proposal;
    return undefined;
  }

  /** Has the predictor read ahead of a request. */
  warm(text: TextBefore, isCancelled: () => boolean): void {
    this.predictor.warm(text, isCancelled);
  }

  /** Drops what is kept for a document. */
  forget(document: string): void {
    this.predictor.forget(document);
  }

  private *proposals(
    request: SuggestionRequest,
    floor: number,
    draws: number,
    isCancelled: () => boolean,
  ): Generator<{ proposal: Proposal; reading: Reading }, void, void> {
    const suffix = normalized(request.suffix);
    const window = windowOf(normalized(request.prefix), request.atFileStart);
    const prefix = window.text;
    const context = cursorContextOf(prefix, suffix, {
      tabSize: request.indentation.tabSize,
      languageId: request.languageId,
      isWhole: window.atFileStart,
    });
    if (isOpaque(prefix, context) || isCancelled()) return;
    const reading = this.predictor.read(request, isCancelled);
    if (!reading) return;
    const random = new RandomGenerator(fnvOf(`${prefix}\0${suffix}`) ^ request.seed);
    const { temperature, maxLength, explicit } = request;
    const beginning = beginningOf(request);
    for (let draw = 0; draw < draws; draw++) {
      const path = writeOn(reading.continuation(), context, {
        choose: chooseAfter(beginning, (prediction) => choose(prediction, temperature, random)),
        floor: context.rest.position === 'end' ? floor : floor / MAX_EVIDENCE,
        maxLength,
        withRivals: explicit,
        isCancelled,
      });
      if (!path) return;
      yield { proposal: { path: fitToFollowing(path, reading, context), context, request }, reading };
      if (isCancelled()) return;
    }
  }
}

export function thresholdsFor({ explicit, eagerness, temperature }: SuggestionRequest): Thresholds {
  if (!explicit) return automaticThresholds[eagerness];
  return temperature > 0 ? drawnThresholds : explicitThresholds;
}

/** As much of a proposal as is worth showing, as it is shown. Undefined: none of it. */
export function worthShowing(
  proposal: Proposal,
  thresholds: Thresholds,
): Pick<Suggestion, 'text' | 'confidence'> | undefined {
  const { beginning = '' } = proposal.request;
  const minLength = Math.max(thresholds.minLength, beginningOf(proposal.request).length);
  const best = bestBeginning(proposal.path, limitOf(proposal), { ...thresholds, minLength });
  if (!best) return undefined;
  const text = asShown(proposal, best.text);
  const isWhole = isLongEnough(text, thresholds) && text.startsWith(beginning);
  return isWhole ? { text, confidence: best.confidence } : undefined;
}

/** The code points that a suggestion must begin with. */
function beginningOf({ beginning = '' }: SuggestionRequest): number[] {
  return Array.from(normalized(beginning), (character) => character.codePointAt(0)!);
}

/** Code units of the path that may be shown. */
export function limitOf({ path, context }: Proposal): number {
  return trimmed(path.text, context).length;
}

/** The beginning of a path in the document's style. */
export function asShown({ context, request }: Proposal, beginning: string): string {
  const text = wholeSyllables(trimmed(beginning, context));
  const shown = reindented(text, context.lineBefore, context.blockIndentation, request.indentation);
  return [...shown].slice(0, request.maxLength).join('').trimEnd();
}

export function isLongEnough(text: string, { minLength }: Thresholds): boolean {
  return text.trim() !== '' && [...text].length >= minLength;
}

const MAX_ALTERNATIVES = 2;

function alternativesBeside(first: string, proposal: Proposal, reading: Reading): string[] {
  const texts = [first];
  const { floor } = alternativeThresholds;
  const shared = beginningOf(proposal.request).length;
  for (const path of alternativesTo(proposal, reading, floor, shared)) {
    const fitted = { ...proposal, path: fitToFollowing(path, reading, proposal.context) };
    const text = worthShowing(fitted, alternativeThresholds)?.text;
    if (text === undefined || texts.some((other) => areAlike(other, text))) continue;
    texts.push(text);
    if (texts.length > MAX_ALTERNATIVES) break;
  }
  return texts.slice(1);
}

/** Whether two texts say the same as far as one of them goes: they differ in white space and punctuation alone. */
function areAlike(one: string, other: string): boolean {
  if (one.startsWith(other) || other.startsWith(one)) return true;
  const [a, b] = [one, other].map((text) => text.replace(/[^\p{L}\p{N}_]+/gu, ' ').trim());
  return a !== '' && b !== '' && (a.startsWith(b) || b.startsWith(a));
}
