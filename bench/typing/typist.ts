import { isLowSurrogate } from '../../src/common/text.ts';
import { TypedThrough } from '../../src/completion/parts.ts';
import type { Question } from '../../src/completion/parts.ts';

export const ACCEPTS = ['full', 'word', 'line'] as const;

/** How the simulated person accepts suggestions. */
export interface TypingStyle {
  /** Keystrokes for which a suggestion must have been shown before it is accepted; 0 is the ideal user. */
  readonly reader: number;
  /** `word`, `line`: the right beginning of a wrong suggestion is accepted by words, or by lines, too. */
  readonly accept: (typeof ACCEPTS)[number];
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
  characters: number;
  keys: number;
  /** Different texts shown; the rest of one that is typed through is the same text. */
  shown: number;
  /** Number of shown texts that were accepted. */
  accepted: number;
  /** Number of keys that accepted text, and of the characters they accepted. */
  takes: number;
  taken: number;
}

export function emptyTally(): Tally {
  return { characters: 0, keys: 0, shown: 0, accepted: 0, takes: 0, taken: 0 };
}

/** Characters that are worth a key: typing a single one costs the same. */
const MIN_TAKEN = 2;

/** The situation in which the person presses a key. */
export interface Keystroke {
  readonly question: Question;
  /** The suggestion here if nothing is shown. */
  readonly fresh: () => string | undefined;
  /** The tally that counts the key. */
  readonly tally: Tally;
  /** End of the text that the person has to type; what is behind it was inserted by the editor already. */
  readonly end: number;
}

/**
 * Types a text and accepts suggestions, with one key each, exactly when they are right. What is shown, and stays while
 * it is typed through, is decided by the extension's own code.
 */
export class Typist {
  /** Position in the text of the next keystroke. */
  at = 0;
  private readonly text: string;
  private readonly style: TypingStyle;
  private readonly typedThrough = new TypedThrough();
  /** The tally that counted the text shown; undefined while nothing is shown. */
  private shownIn: Tally | undefined;
  private isTaken = false;
  /** Keystrokes since what is shown appeared. */
  private age = 0;

  constructor(text: string, style: TypingStyle) {
    this.text = text;
    this.style = style;
  }

  /** Presses one key at `at`. */
  press({ question, fresh, tally, end }: Keystroke): void {
    const { at, text } = this;
    const shown = this.shownAt(question, fresh, tally);
    const { reader, accept } = this.style;
    if (shown !== undefined && this.age >= reader) {
      const isRight = (part: string) =>
        lengthOf(part) >= MIN_TAKEN && at + part.length <= end && text.startsWith(part, at);
      if (isRight(shown)) {
        this.take(shown.length, tally);
        this.shownIn = undefined;
        return;
      }
      const part = accept === 'full' ? '' : accept === 'word' ? firstWord(shown) : firstLine(shown);
      if (isRight(part)) return this.take(part.length, tally);
    }
    this.go(text.codePointAt(at)! > 0xffff ? 2 : 1, tally);
    this.age++;
  }

  /** Skips text that need not be typed. */
  moveTo(at: number): void {
    this.at = at;
    this.shownIn = undefined;
  }

  private shownAt(question: Question, fresh: Keystroke['fresh'], tally: Tally): string | undefined {
    const remainder = this.shownIn && this.typedThrough.remainderFor(question);
    if (remainder !== undefined) return remainder;
    const shown = fresh();
    this.shownIn = shown === undefined ? undefined : tally;
    this.isTaken = false;
    this.age = 0;
    if (shown === undefined) return undefined;
    tally.shown++;
    this.typedThrough.show(question, shown);
    return shown;
  }

  private take(length: number, tally: Tally): void {
    if (!this.isTaken) this.shownIn!.accepted++;
    this.isTaken = true;
    tally.takes++;
    tally.taken += lengthOf(this.text.slice(this.at, this.at + length));
    this.go(length, tally);
  }

  private go(length: number, tally: Tally): void {
    tally.keys++;
    tally.characters += lengthOf(this.text.slice(this.at, this.at + length));
    this.at += length;
  }
}

/** Types a whole text with no text behind it. */
export function type({ text, request, fresh }: TypedText, style: TypingStyle): Tally {
  const tally = emptyTally();
  const typist = new Typist(text, style);
  while (typist.at < text.length) {
    const { at } = typist;
    typist.press({ question: request(at), fresh: () => fresh(at), tally, end: text.length });
  }
  return tally;
}

/** What the editor's `acceptNextWord` takes: white space and then a word, or signs up to the next word. */
function firstWord(text: string): string {
  return /^\s*(?:[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]+)/u.exec(text)?.[0] ?? text;
}

/** What the editor's `acceptNextLine` takes: the rest of the line, or the next one where nothing is left of it. */
function firstLine(text: string): string {
  return /^\n?[^\n]*/.exec(text)![0];
}

function lengthOf(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    if (!isLowSurrogate(text.charCodeAt(index))) length++;
  }
  return length;
}
