import { describe, expect, it } from 'vitest';
import { Speller } from '../../src/surprise/spelling.ts';
import { finished } from '../../src/surprise/steps.ts';
import { TextWords } from '../../src/surprise/text-words.ts';
import { WorkspaceWords } from '../../src/surprise/index.ts';

describe('Speller', () => {
  const syntax = { lineComments: [], blockComments: [], quotes: '', hasCharacterQuote: false };
  const meantOf = (word: string, known: string) => {
    const workspace = new WorkspaceWords();
    workspace.learn('/a', `${known}\n`.repeat(20), syntax);
    const words = finished(TextWords.reading(`${word}\n`, syntax, workspace.ids));
    return new Speller(workspace, words).of(word, 0, 1).meant;
  };

  it('finds what was meant by a word, but leaves one that is longer than any identifier alone', () => {
    expect(meantOf('a'.repeat(63), 'a'.repeat(64))).toBe('a'.repeat(64));
    expect(meantOf('a'.repeat(65), 'a'.repeat(64))).toBeUndefined();
  });
});
