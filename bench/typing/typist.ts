import { TypedThrough } from '../../src/completion/parts.ts';
import type { Question } from '../../src/completion/parts.ts';

/** How the simulated person accepts suggestions. */
export interface TypingStyle {
  /** Keystrokes for which a suggestion must have been shown before it is accepted; 0 is the ideal user. */
  readonly reader: number;
  /** `word`: the right beginning of a wrong suggestion is accepted word by word, too. */
  readonly accept: 'full' | 'word';
}

/** A text as it is typed from its beginning. */
export interface TypedText {
  readonly text: string;
  /** The request at a position, made only of the text before it. */
  readonly request: (at: number) => Question;
  /** The suggestion at a position where nothing is shown. */
  readonly fresh: (at: number) => string | undefined;
}

/** Counts; characters are code points. */
export interface Tally {
  readonly characters: number;
  readonly keys: number;
  /** Different texts shown; the rest of one that is typed through is the same text. */
  readonly shown: number;
  /** Number of shown texts that were accepted. */
  readonly accepted: number;
  /** Number of keys that accepted text, and of the characters they accepted. */
  readonly takes: number;
  readonly taken: number;
}

/** Characters that are worth a key: typing a single one costs the same. */
const MIN_TAKEN = 2;

/**
 * Types a text and accepts suggestions, with one key each, exactly when they are right. What is shown, and stays while
 * it is typed through, is decided by the extension's own code.
 */
export function type({ text, request, fresh }: TypedText, { reader, accept }: TypingStyle): Tally {
  const tally = { characters: 0, keys: 0, shown: 0, accepted: 0, takes: 0, taken: 0 };
  const typedThrough = new TypedThrough();
  let isShowing = false;
  let isTaken = false;
  /** Keystrokes since what is shown appeared. */
  let age = 0;
  const go = (from: number, to: number): number => {
    tally.keys++;
    tally.characters += lengthOf(text.slice(from, to));
    return to;
  };
  const take = (from: number, length: number): number => {
    if (!isTaken) tally.accepted++;
    isTaken = true;
    tally.takes++;
    tally.taken += lengthOf(text.slice(from, from + length));
    return go(from, from + length);
  };
  for (let at = 0; at < text.length;) {
    const asked = request(at);
    let shown: string | undefined = isShowing ? typedThrough.remainderFor(asked) : undefined;
    if (shown === undefined) {
      shown = fresh(at);
      isShowing = shown !== undefined;
      isTaken = false;
      age = 0;
      if (shown !== undefined) {
        tally.shown++;
        typedThrough.remember(asked, shown);
      }
    }
    if (shown !== undefined && age >= reader) {
      if (lengthOf(shown) >= MIN_TAKEN && text.startsWith(shown, at)) {
        at = take(at, shown.length);
        isShowing = false;
        continue;
      }
      const word = accept === 'word' ? firstWord(shown) : '';
      if (lengthOf(word) >= MIN_TAKEN && text.startsWith(word, at)) {
        at = take(at, word.length);
        continue;
      }
    }
    at = go(at, at + (text.codePointAt(at)! > 0xffff ? 2 : 1));
    age++;
  }
  return tally;
}

/** What the editor's `acceptNextWord` takes: white space and then a word, or signs up to the next word. */
function firstWord(text: string): string {
  return /^\s*(?:[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]+)/u.exec(text)?.[0] ?? text;
}

function lengthOf(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    if ((text.charCodeAt(index) & 0xfc00) !== 0xdc00) length++;
  }
  return length;
}
