import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KnownTexts } from '../../../src/completion/surprise/known-texts.ts';
import { RatedDocument, type LineRange } from '../../../src/completion/surprise/rated-document.ts';
import { createContextModel, type ContextModel } from '../../../src/context-model/index.ts';
import type { LineSurprise } from '../../../src/surprise/index.ts';

const other = Array.from({ length: 30 }, (_, i) => `const item${i} = readItem(list, ${i});\n`).join('');
const text = `const a = readItem(list, 1);\n\nconst b = raedItem(list, 2);\nconst c = readItem(list, 3);\n`;

let model: ContextModel;
let known: KnownTexts;
let document: RatedDocument;

beforeEach(async () => {
  model = await createContextModel();
  model.learnFileNow('/w/other.ts', other);
  known = new KnownTexts();
  follow(new Map([['/w/other.ts', other]]));
  document = new RatedDocument(model, '/w/a.ts');
});

afterEach(() => {
  document.dispose();
  model.dispose();
});

/** @returns whether anything differed */
function follow(texts: ReadonlyMap<string, string | undefined>): boolean | void {
  const steps = known.follow(texts);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function rate(of: string, first: readonly LineRange[] = []): LineSurprise[] {
  const request = { document: '/w/a.ts', text: of, languageId: 'typescript', first };
  return [...document.rate(request, known)].filter((line) => line !== undefined);
}

describe('RatedDocument', () => {
  it('rates the lines that are wanted first, and then all others once', () => {
    const rated = rate(text, [
      { from: 3, to: 9 },
      { from: -1, to: 1 },
    ]);
    expect(rated.map(({ line }) => line)).toEqual([3, 0, 2]);
  });

  it('finds a mistake, and no longer once it is mended', () => {
    const before = rate(text).find(({ line }) => line === 2)!;
    expect(before.worst.expected).toBe('readItem');
    const after = rate(text.replace('raedItem', 'readItem')).find(({ line }) => line === 2)!;
    expect(after.surprise).toBeLessThan(before.surprise / 2);
  });

  it('rates the same text again as before, with CRLF or LF', () => {
    const once = rate(text);
    expect(rate(text)).toEqual(once);
    expect(rate(text.replaceAll('\n', '\r\n'))).toEqual(once);
  });

  it('can go on after a run that was ended early', () => {
    const steps = document.rate({ document: '/w/a.ts', text, languageId: 'typescript', first: [] }, known);
    for (let i = 0; i < 3; i++) steps.next();
    steps.return();
    expect(rate(text).map(({ line }) => line)).toEqual([0, 2, 3]);
  });

  it('leaves out lines that are too long to be code', () => {
    expect(rate(`${text}const d = "${'x'.repeat(2000)}";\n`).map(({ line }) => line)).toEqual([0, 2, 3]);
  });
});

describe('KnownTexts', () => {
  const occurrences = (word: string) => known.words.counts.of(known.words.ids.find(word));

  it('follows what is known, and says whether anything differed', () => {
    expect(follow(new Map([['/w/other.ts', other]]))).toBe(false);
    expect(occurrences('readItem')).toBe(30);
    expect(follow(new Map([['/w/other.ts', 'readItem();\n']]))).toBe(true);
    expect(occurrences('readItem')).toBe(1);
    expect(follow(new Map([['/w/other.ts', undefined]]))).toBe(true);
    expect(occurrences('readItem')).toBe(0);
  });

  it('goes on where it was closed, and counts nothing twice', () => {
    const long = new Map([['/w/long.ts', 'readItem(one);\n'.repeat(3000)]]);
    const steps = known.follow(long);
    for (let i = 0; i < 12; i++) steps.next();
    steps.return(false);
    expect(follow(long)).toBe(true);
    expect(occurrences('readItem')).toBe(3000);
    expect(follow(long)).toBe(false);
  });
});
