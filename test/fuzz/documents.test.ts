import fc from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { normalized } from '../../src/common/text.ts';
import { OpenDocument, type TextChange } from '../../src/completion/predict/open-document.ts';
import { createContextModel } from '../../src/context-model/index.ts';
import { listing, predictionsOf } from '../context-model/texts.ts';
import { RUNS, SEED } from './runs.ts';

/** Edits of a run; 200 runs make 10,000. */
const EDITS = 50;
const MAX_LENGTH = 4_000;

/** What editors insert, and what they should not: halves of pairs and of line ends, marks without letters. */
const piece = fc.oneof(
  fc.constantFrom(
    '\r\n',
    '\n',
    '\r',
    '\u0308',
    'e\u0301',
    '\u1100\u1161',
    '\ud83d',
    '\ude00',
    '😀',
    '\0',
    '\ufeff',
  ),
  fc.constantFrom('count', '\t', 'while (', '}', '\u2126', 'größe', '漢字'),
  fc.string({ maxLength: 20, unit: 'binary' }),
  fc.constant(listing.slice(0, 300)),
);
const place = fc.double({ min: 0, max: 1, noNaN: true });
const edit = fc.record({
  at: place,
  removed: fc.oneof({ weight: 9, arbitrary: fc.nat(30) }, { weight: 1, arbitrary: fc.nat(2_000) }),
  inserted: fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join('')),
  /** Where the cursor is afterwards. */
  cursor: place,
});

describe('a document that is edited at random', () => {
  it('stays the editor’s text, known as if it had been opened so, and leaves nothing when it is closed', async () => {
    const memory = await createContextModel();
    await memory.learnFile('listing.c', listing);
    const before = predictionsOf(memory.openDocument(undefined, listing), 101);
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: EDITS, maxLength: EDITS }), async (edits) => {
        const document = new OpenDocument(memory, 'document.c', listing);
        let text = listing;
        for (const { at, removed, inserted, cursor } of edits) {
          const offset = Math.floor(at * text.length);
          const change: TextChange = {
            offset,
            removed: Math.max(Math.min(removed, text.length - offset), text.length - MAX_LENGTH - offset, 0),
            inserted,
          };
          expect(document.change([change])).toBe(true);
          text = text.slice(0, offset) + inserted + text.slice(offset + change.removed);
          document.reader(Math.floor(cursor * document.text.length));
        }
        expect(document.text).toBe(normalized(text));
        const fresh = new OpenDocument(memory, 'fresh.c', text);
        await memory.idle;
        expect(predictionsOf(document.model, 101)).toEqual(predictionsOf(fresh.model, 101));
        document.dispose();
        fresh.dispose();
        await memory.idle;
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(predictionsOf(memory.openDocument(undefined, listing), 101)).toEqual(before);
    memory.dispose();
  });
});
