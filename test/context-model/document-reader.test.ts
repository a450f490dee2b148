import { describe, expect, it } from 'vitest';
import { createContextModel } from '../../src/context-model/index.ts';
import type { Reader } from '../../src/context-model/index.ts';
import { copyOf, listing } from './texts.ts';

function advance(reader: Reader, text: string): void {
  for (const character of text) reader.advance(character.codePointAt(0)!);
}

describe('a reader that goes far', () => {
  it('expects after thousands of characters what it would after the last of them', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('a.c', listing.repeat(3));
    const ahead = listing.repeat(24);
    const far = memory.openDocument('b.c', 'x').reader();
    advance(far, ahead);
    expect(far.depth).toBe(ahead.length);
    const expected = copyOf(far.predict());
    const near = memory.openDocument('c.c', 'x').reader();
    advance(near, ahead.slice(-1_200));
    expect(expected).toEqual(copyOf(near.predict()));
    memory.dispose();
  });

  it('goes back a little, and says so where it cannot go back any more', async () => {
    const memory = await createContextModel();
    const reader = memory.openDocument('b.c', '').reader();
    advance(reader, listing.repeat(24));
    const { depth } = reader;
    const expected = copyOf(reader.predict());
    advance(reader, 'abc');
    reader.rewind(depth);
    expect(copyOf(reader.predict())).toEqual(expected);
    expect(() => reader.rewind(0)).toThrow(RangeError);
    memory.dispose();
  });
});
