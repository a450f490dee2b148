import fc from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { UnitIndex } from '../../src/context-model/unit-index.ts';

const symbols = fc.array(fc.constantFrom('a', 'b', '😀'), { maxLength: 12 });
const wideOf = (text: readonly string[]): number[] =>
  [...text.keys()].filter((index) => text[index].length === 2);

describe('the symbols of two units in a text', () => {
  it('are where they are after any edits', () => {
    const edit = fc.record({ at: fc.nat(12), removed: fc.nat(4), inserted: symbols });
    fc.assert(
      fc.property(symbols, fc.array(edit, { maxLength: 6 }), (start, edits) => {
        const text = [...start];
        const index = new UnitIndex(wideOf(text));
        for (const { at, removed, inserted } of edits) {
          const from = Math.min(at, text.length);
          const count = Math.min(removed, text.length - from);
          text.splice(from, count, ...inserted);
          index.replace(from, count, inserted.length, wideOf(inserted));
        }
        let offset = 0;
        for (const [i, symbol] of text.entries()) {
          expect(index.find(offset)).toEqual({ index: i, inside: 0 });
          if (symbol.length === 2) expect(index.find(offset + 1)).toEqual({ index: i, inside: 1 });
          offset += symbol.length;
        }
        expect(index.find(offset)).toEqual({ index: text.length, inside: 0 });
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
