import type { Offer } from './calibration.ts';
import { EAGERNESSES, type Method, type Session } from './method.ts';
import type { Fixture } from './fixture.ts';

const LETTER = /[\p{L}\p{N}_$]/u;
const MIN_WORD_LENGTH = 3;

/** Words of the document, VS Code's own habit: the word used last that begins as the one at the cursor. */
export const words: Method = { name: 'words', begin: (fixture) => new WordsOfDocument(fixture) };

class WordsOfDocument implements Session {
  private readonly text: string;
  private readonly known = new KnownWords();
  /** Start of the word at the cursor. */
  private start = 0;

  constructor({ text }: Fixture) {
    this.text = text;
  }

  suggestions(at: number): (Offer | undefined)[] {
    const rest = this.known.complete(this.text.slice(this.start, at));
    return offersOf(rest);
  }

  bits(): undefined {}

  typed(at: number, end: number): void {
    if (LETTER.test(this.text.slice(at, end))) return;
    this.known.note(this.text.slice(this.start, at));
    this.start = end;
  }

  end(): void {}
}

/** Words in the order of their last use. */
export class KnownWords {
  private readonly words = new Set<string>();

  /** Notes every word of a text, in their order. */
  read(text: string): void {
    for (const [word] of text.matchAll(/[\p{L}\p{N}_$]+/gu)) this.note(word);
  }

  note(word: string): void {
    if (word.length < MIN_WORD_LENGTH || /^\p{N}/u.test(word)) return;
    this.words.delete(word);
    this.words.add(word);
  }

  /** The rest of the longer word used last that begins with `begun`; undefined where nothing has begun. */
  complete(begun: string): string | undefined {
    if (begun === '') return undefined;
    let found: string | undefined;
    for (const word of this.words) {
      if (word.length > begun.length && word.startsWith(begun)) found = word;
    }
    return found?.slice(begun.length);
  }
}

/** A text by eagerness, where it is long enough, with no probability. */
export function offersOf(text: string | undefined): (Offer | undefined)[] {
  return EAGERNESSES.map((eagerness) => {
    const shown = longEnough(text, eagerness === 'calm' ? 4 : 2);
    return shown === undefined ? undefined : { text: shown, confidence: undefined };
  });
}

/** `text`, or undefined if it is too short to be worth a key. */
export function longEnough(text: string | undefined, minLength: number): string | undefined {
  return text !== undefined && text.length >= minLength ? text : undefined;
}
