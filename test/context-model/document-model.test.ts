import fc from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import {
  createContextModel,
  type DocumentModel,
  MIXING_WEIGHTS,
  type Prediction,
} from '../../src/context-model/index.ts';
import { along, copyOf, listing, predictionsOf } from './texts.ts';

const editOf = (inserted: fc.Arbitrary<string>) =>
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), removed: fc.nat(40), inserted });
const wholeCharacters = fc.oneof(
  fc.constantFrom('count', '\n\t', '', 'a\u20acb'),
  fc.string({ maxLength: 12, unit: 'binary-ascii' }),
);
const anyUnits = fc.oneof(fc.constantFrom('a😀b', '\udc00', '\ud83d'), fc.string({ maxLength: 12 }));

type Edit = { at: number; removed: number; inserted: string };

/** Applies edits to a document and to its text. */
function edited(document: DocumentModel, text: string, edits: readonly Edit[]): string {
  for (const { at, removed, inserted } of edits) {
    const offset = Math.floor(at * text.length);
    const end = Math.min(offset + removed, text.length);
    document.edit(offset, end - offset, inserted);
    text = text.slice(0, offset) + inserted + text.slice(end);
  }
  return text;
}

describe('the model of a document', () => {
  it('knows after edits what it would of the text they leave', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(editOf(wholeCharacters), { maxLength: 12 }), async (edits) => {
        const memory = await createContextModel();
        const document = memory.openDocument('a.c', listing);
        const text = edited(document, listing, edits);
        expect(document.length).toBe(text.length);
        const fresh = memory.openDocument('b.c', text);
        expect(predictionsOf(document)).toEqual(predictionsOf(fresh));
        memory.dispose();
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it('knows the same wherever the cursor has been', async () => {
    const step = fc.oneof(editOf(wholeCharacters), fc.double({ min: 0, max: 1, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const memory = await createContextModel();
        const document = memory.openDocument('a.c', listing.repeat(3));
        let text = listing.repeat(3);
        for (const each of steps) {
          if (typeof each === 'number') document.reader(Math.floor(each * text.length));
          else text = edited(document, text, [each]);
        }
        const fresh = memory.openDocument('b.c', text);
        expect(predictionsOf(document, 101)).toEqual(predictionsOf(fresh, 101));
        document.edit(0, text.length, '');
        expect(copyOf(document.reader().predict()).count).toBe(0);
        memory.dispose();
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('knows in the end what it would of the text that large edits leave', async () => {
    const lines = Array.from(
      { length: 160 },
      (_, i) => `call_${i % 7}(${i * 7919}, { of: '${'='.repeat(90)}' })\n`,
    ).join('');
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    const step = fc.record({ cursor: place, at: place, removed: fc.nat(12_000), inserted: fc.nat(12_000) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const memory = await createContextModel();
        const document = memory.openDocument('a', lines);
        await memory.idle;
        let text = lines;
        for (const { cursor, at, removed, inserted } of steps) {
          document.reader(Math.floor(cursor * text.length));
          const change = { at, removed, inserted: lines.slice(0, inserted).toUpperCase() };
          text = edited(document, text, [change]);
        }
        await memory.idle;
        const fresh = memory.openDocument('b', text);
        await memory.idle;
        expect(predictionsOf(document, 1_999)).toEqual(predictionsOf(fresh, 1_999));
        document.edit(0, text.length, '');
        await memory.idle;
        // Nothing is left of any of it.
        for (const gone of [lines, lines.toUpperCase()]) {
          const found = along(document.reader(), gone.slice(9_000));
          expect(found.every(({ count }) => count === 0)).toBe(true);
        }
        memory.dispose();
      }),
      { numRuns: 12, seed: 5 },
    );
  });

  // Surrogates that edits have brought together stay two symbols, so that predictions may differ from those of a
  // document opened with the text.
  it('keeps count of UTF-16 units through edits that cut characters in two', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(editOf(anyUnits), { maxLength: 12 }), async (edits) => {
        const memory = await createContextModel();
        const document = memory.openDocument('a.c', listing);
        const text = edited(document, listing, edits);
        expect(document.length).toBe(text.length);
        document.edit(0, text.length, '');
        expect(copyOf(document.reader().predict()).count).toBe(0);
        memory.dispose();
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it('knows nothing at the cursor of the character behind it', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a', 'abcdefghijklmnopqrstuvwxyz0123\n');
    document.edit(10, 0, 'X');
    expect(copyOf(document.reader(11).predict()).symbols.startsWith('k')).toBe(false);
    expect(copyOf(document.reader(0).predict()).count).toBe(0);
    expect(copyOf(document.reader(5).predict()).symbols.startsWith('f')).toBe(false);
  });

  it('knows the text behind the cursor as one that begins there, and the one before it', async () => {
    const memory = await createContextModel();
    const at = listing.indexOf('if (c < 0)');
    const document = memory.openDocument('a.c', listing);
    const typed = memory.openDocument('b.c', listing.slice(at));
    typed.reader(0);
    typed.edit(0, 0, listing.slice(0, at));
    expect(copyOf(typed.reader(at).predict())).toEqual(copyOf(document.reader(at).predict()));
    // What it knows of both: 'return c' is further on, 'read_l' before.
    const expected = (prefix: string): string => {
      const reader = document.reader(at);
      for (const character of prefix) reader.advance(character.codePointAt(0)!);
      return copyOf(reader.predict()).symbols[0];
    };
    expect(expected('\n\t\t\tretur')).toBe('n');
    expect(expected('\n\t\tread_l')).toBe('i');
  });

  it('knows all of a long document after a while, with edits meanwhile', async () => {
    const memory = await createContextModel();
    const long = Array.from({ length: 1500 }, (_, i) => `line ${i * 7919} of ${i}\n`).join('');
    const document = memory.openDocument('a', long);
    document.edit(long.length - 5, 2, 'more');
    document.edit(20_000, 3_000, 'something');
    document.edit(10, 0, 'begin');
    await memory.idle;
    let text = `${long.slice(0, -5)}more${long.slice(-3)}`;
    text = `${text.slice(0, 20_000)}something${text.slice(23_000)}`;
    text = `${text.slice(0, 10)}begin${text.slice(10)}`;
    const fresh = memory.openDocument('b', text);
    await memory.idle;
    expect(predictionsOf(document, 997)).toEqual(predictionsOf(fresh, 997));
  });

  it('refuses an edit outside the document and stays as it was', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a', listing);
    const before = predictionsOf(document);
    for (const [offset, removed] of [
      [-1, 0],
      [0, listing.length + 1],
      [listing.length + 1, 0],
      [0.5, 0],
      [Number.NaN, 0],
    ]) {
      expect(() => document.edit(offset, removed, 'x')).toThrow(RangeError);
    }
    expect(predictionsOf(document)).toEqual(before);
  });

  it('is not changed by reading on, only by what is typed', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a.c', listing);
    const before = predictionsOf(document);
    const reader = document.reader(40);
    const first = copyOf(reader.predict());
    for (const character of 'count = 0;\nother text 😀') reader.advance(character.codePointAt(0)!);
    expect(copyOf(reader.predict())).not.toEqual(first);
    reader.rewind();
    expect(copyOf(reader.predict())).toEqual(first);
    expect(predictionsOf(document)).toEqual(before);
    document.type(listing.length, 'int');
    expect(predictionsOf(document)).not.toEqual(before);
  });

  it('says of a position what it would if nothing else had been asked, and what has been learnt since', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a.c', listing);
    const other = memory.openDocument('b.c', 'int count;\nint ').reader();
    const reader = document.reader(40);
    const first = copyOf(reader.predict());
    const prior = reader.prior();
    const elsewhere = copyOf(other.predict());
    expect(copyOf(reader.predict())).toEqual(first);
    other.predict();
    expect(reader.prior()).toEqual(prior);
    expect(copyOf(other.predict())).toEqual(elsewhere);
    reader.advance('x'.codePointAt(0)!);
    reader.predict();
    reader.rewind();
    expect(copyOf(reader.predict())).toEqual(first);
    memory.learnFileNow('c.c', listing.repeat(3));
    expect(copyOf(reader.predict())).not.toEqual(first);
    const before = copyOf(reader.predict());
    reader.learn('z'.codePointAt(0)!);
    expect(copyOf(reader.predict())).not.toEqual(before);
  });

  it('has one reader at a time', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a.c', listing);
    const reader = document.reader();
    document.reader(3);
    expect(() => reader.predict()).toThrow('ended');
    expect(() => document.reader(listing.length + 1)).toThrow(RangeError);
  });

  it('learns to trust what proves right', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a', '');
    const probabilityOf = (character: string): number => {
      const { codePoints, logProbabilities } = document.reader().predict();
      return Math.exp(logProbabilities[codePoints.indexOf(character.codePointAt(0)!)] ?? -Infinity);
    };
    for (let i = 0; i < 60; i++) document.type(document.length, 'ab');
    expect(probabilityOf('a')).toBeGreaterThan(0.95);
  });
});

/** Of a symbol that a prediction does not list. */
const MAX_BITS = 7;

describe('a network joined to it', () => {
  const symbols = ['\uFFFD', '\u0002', 'x', 'y', 'z'];
  const sureOf = (symbol: string): Float32Array => {
    const logs = new Float32Array(symbols.length).fill(Math.log(0.01));
    logs[symbols.indexOf(symbol)] = Math.log(0.96);
    return logs;
  };

  it('is heard, with symbols that the memory has never seen', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a.c', listing);
    document.joinNetwork(symbols);
    const { codePoints, logProbabilities, rest } = document.reader().join(sureOf('z'));
    expect([...codePoints]).toContain('z'.codePointAt(0));
    const sum = logProbabilities.reduce((total, log) => total + Math.exp(log), rest);
    expect(sum).toBeCloseTo(1, 4);
  });

  it('gains weight when it is right', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a.c', listing);
    document.joinNetwork(symbols);
    const probability = (): number => {
      const { codePoints, logProbabilities } = document.reader().join(sureOf('z'));
      return logProbabilities[codePoints.indexOf('z'.codePointAt(0)!)];
    };
    const before = probability();
    const reader = document.reader();
    for (let i = 0; i < 50; i++) {
      reader.join(sureOf('z'));
      reader.learn('z'.codePointAt(0)!);
    }
    expect(probability()).toBeGreaterThan(before);
  });

  it('costs little where it is always wrong', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a.c', '');
    document.joinNetwork(symbols);
    let bitsOfBoth = 0;
    let bitsAlone = 0;
    const bitsOf = ({ codePoints, logProbabilities }: Prediction, symbol: string): number => {
      const log = logProbabilities[codePoints.indexOf(symbol.codePointAt(0)!)] as number | undefined;
      return log === undefined ? MAX_BITS : -log / Math.LN2;
    };
    for (let i = 0; i < 600; i++) {
      const symbol = i % 3 === 0 ? 'x' : 'y';
      const reader = document.reader();
      bitsAlone += bitsOf(reader.predict(), symbol);
      bitsOfBoth += bitsOf(reader.join(sureOf('z')), symbol);
      reader.learn(symbol.codePointAt(0)!);
      document.edit(i, 0, symbol);
    }
    expect(bitsOfBoth).toBeLessThan(bitsAlone + 2.5);
  });

  it('is not heard in what the memory alone expects at the same place', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a.c', listing);
    document.joinNetwork(symbols);
    const reader = document.reader();
    const alone = copyOf(reader.predict());
    const prior = reader.prior();
    const joint = copyOf(reader.join(sureOf('z')));
    expect(reader.prior()).toEqual(prior);
    expect(copyOf(reader.predict())).toEqual(alone);
    expect(copyOf(reader.join(sureOf('z')))).toEqual(joint);
    expect(joint).not.toEqual(alone);
  });

  it('begins with the mixing weights it is given, and keeps what was learnt until it gets others', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a.c', listing);
    document.joinNetwork(symbols);
    const usual = document.mixingWeights();
    expect(usual.length).toBe(MIXING_WEIGHTS);
    const given = usual.map((weight) => weight / 2);
    document.joinNetwork(symbols, given);
    expect(document.mixingWeights()).toEqual(given);
    const reader = document.reader();
    reader.join(sureOf('z'));
    reader.learn('z'.codePointAt(0)!);
    const learnt = document.mixingWeights();
    expect(learnt).not.toEqual(given);
    document.joinNetwork(symbols, given);
    expect(document.mixingWeights()).toEqual(learnt);
    document.joinNetwork(symbols);
    expect(document.mixingWeights()).toEqual(usual);
    const tooFew = new Float32Array(3);
    for (let time = 0; time < 2; time++) {
      expect(() => document.joinNetwork(symbols, tooFew)).toThrow(RangeError);
      expect(document.mixingWeights()).toEqual(usual);
    }
  });

  it('must have been named, with as many probabilities as symbols', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a.c', listing);
    expect(() => document.reader().join(sureOf('x'))).toThrow('no network');
    document.joinNetwork(symbols);
    expect(() => document.reader().join(new Float32Array(3))).toThrow(RangeError);
    document.joinNetwork(undefined);
    expect(() => document.reader().join(sureOf('x'))).toThrow('no network');
  });
});
