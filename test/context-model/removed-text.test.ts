import fc from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { createContextModel, type DocumentModel } from '../../src/context-model/index.ts';
import { along, copyOf, listing, predictionsOf } from './texts.ts';

/** More than stays counted of what was removed, with nothing of the listing in it. */
const OTHER = Array.from({ length: 1_000 }, (_, i) => `${(i * 7919) % 9973};`).join('');

/** The symbol expected first after `typed` at the document's end. */
function expectedAfter(document: DocumentModel, typed: string): string {
  const reader = document.reader();
  for (const character of typed) reader.advance(character.codePointAt(0)!);
  return copyOf(reader.predict()).symbols[0];
}

/** Removes so much that what was removed before is taken back. */
async function pushOut(document: DocumentModel, idle: () => Promise<void>): Promise<void> {
  for (let i = 0; i < 3; i++) {
    document.edit(document.length, 0, OTHER);
    document.remove(document.length - OTHER.length, OTHER.length);
  }
  await idle();
}

describe('text that a person removed', () => {
  it('is known on, and its place is not', async () => {
    const model = await createContextModel();
    const gone = '\tfrobnicate_widget(file);\n';
    const at = listing.indexOf('\treturn count;');
    const text = listing.slice(0, at) + gone + listing.slice(at);
    const [removed, edited] = ['a.c', 'b.c'].map((name) => model.openDocument(name, text));
    await model.idle;
    removed.remove(at, gone.length);
    edited.edit(at, gone.length, '');
    expect(removed.length).toBe(listing.length);
    expect(expectedAfter(removed, '\tfrobnicate_')).toBe('w');
    expect(expectedAfter(edited, '\tfrobnicate_')).not.toBe('w');
    model.dispose();
  });

  it('is taken back to the last count when much more was removed', async () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    const step = fc.record({ cursor: place, at: place, removed: fc.nat(300), inserted: fc.nat(300) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const model = await createContextModel();
        const document = model.openDocument('a.c', listing.repeat(3));
        await model.idle;
        let text = listing.repeat(3);
        for (const { cursor, at, removed, inserted } of steps) {
          document.reader(Math.floor(cursor * text.length));
          const offset = Math.floor(at * text.length);
          const end = Math.min(offset + removed, text.length);
          document.remove(offset, end - offset);
          const added = listing.slice(0, inserted).toUpperCase();
          document.edit(offset, 0, added);
          text = text.slice(0, offset) + added + text.slice(end);
        }
        await pushOut(document, () => model.idle);
        document.edit(0, text.length, '');
        await model.idle;
        for (const gone of [listing, listing.toUpperCase()]) {
          const found = along(document.reader(), gone);
          expect(found.every(({ symbols }) => /^[\d;]*$/.test(symbols))).toBe(true);
        }
        model.dispose();
      }),
      { numRuns: 12, seed: 4 },
    );
  });

  it('of more than some thousand characters at once is not kept', async () => {
    const model = await createContextModel();
    const document = model.openDocument('a', OTHER.repeat(4));
    await model.idle;
    document.remove(0, document.length);
    await model.idle;
    expect(predictionsOf(document)).toEqual(predictionsOf(model.openDocument('b', '')));
    model.dispose();
  });
});
