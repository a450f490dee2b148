import { eagernesses, type Method, type Session } from './method.ts';
import type { Fixture } from './fixture.ts';

const letter = /[\p{L}\p{N}_$]/u;
const MIN_WORD_LENGTH = 3;

/** Words of the document, VS Code's own habit: the word used last that begins as the one at the cursor. */
export const words: Method = { name: 'words', begin: (fixture) => new WordsOfDocument(fixture) };

class WordsOfDocument implements Session {
  private readonly text: string;
  /** Known words in the order of their last use. */
  private readonly known = new Set<string>();
  /** Where the word at the cursor begins. */
  private start = 0;

  constructor({ text }: Fixture) {
    this.text = text;
  }

  suggestions(at: number): (string | undefined)[] {
    const begun = this.text.slice(this.start, at);
    const found = begun === '' ? undefined : this.find(begun);
    const rest = found?.slice(begun.length);
    return eagernesses.map((eagerness) => longEnough(rest, eagerness === 'calm' ? 4 : 2));
  }

  bits(): undefined {}

  typed(at: number, end: number): void {
    if (letter.test(this.text.slice(at, end))) return;
    const word = this.text.slice(this.start, at);
    if (word.length >= MIN_WORD_LENGTH && !/^\p{N}/u.test(word)) {
      this.known.delete(word);
      this.known.add(word);
    }
    this.start = end;
  }

  end(): void {}

  private find(begun: string): string | undefined {
    let found: string | undefined;
    for (const word of this.known) {
      if (word.length > begun.length && word.startsWith(begun)) found = word;
    }
    return found;
  }
}

/** `text`, or undefined if it is too short to be worth a key. */
export function longEnough(text: string | undefined, minLength: number): string | undefined {
  return text !== undefined && text.length >= minLength ? text : undefined;
}
