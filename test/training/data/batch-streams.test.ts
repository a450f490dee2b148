import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { Vocabulary } from '../../../src/corpus/index.ts';
import { Streams, trainingSymbols } from '../../../src/training/data/batch-streams.ts';
import { sourceFile } from '../files.ts';

/** Distinct ids, so that a symbol says where it stood. */
const counting = (N: number): Int32Array => Int32Array.from({ length: N }, (_, i) => i + 2);

describe('trainingSymbols', () => {
  const vocabulary = Vocabulary.fromTexts(['aab']);
  const [a, b] = vocabulary.encode('ab');

  it('puts the start of a file before each one that has text', async () => {
    const files = [sourceFile('1', 'ab'), sourceFile('2', ''), sourceFile('3', 'ba')];
    const symbols = await trainingSymbols(files, vocabulary);
    const S = Vocabulary.startOfFile;
    expect([...symbols]).toEqual([S, a, b, S, b, a]);
  });

  it('encodes long files in parts that split no character', async () => {
    const text = `${'a'.repeat(499_999)}😀${'b'.repeat(499_998)}😀a`;
    const known = Vocabulary.fromTexts(['aab😀']);
    const symbols = await trainingSymbols([sourceFile('long', text)], known);
    expect(symbols.length).toBe(1 + 499_999 + 1 + 499_998 + 2);
    expect(known.decode(symbols) === text).toBe(true);
  });

  it('finds room for characters of several symbols', async () => {
    const text = '한글 '.repeat(1000);
    const known = Vocabulary.fromTexts([text], undefined, true);
    const symbols = await trainingSymbols([sourceFile('1', text), sourceFile('2', text)], known);
    expect(symbols.length).toBeGreaterThan(2 * text.length + 2);
    expect(known.decode(symbols)).toBe(text + text);
  });

  it('can be aborted between files', async () => {
    const large = sourceFile('large', 'ab'.repeat(300_000));
    const abort = new AbortController();
    abort.abort();
    await expect(trainingSymbols([large, large], vocabulary, abort.signal)).rejects.toBe(abort.signal.reason);
  });
});

describe('Streams', () => {
  const layout = fc.record({
    N: fc.integer({ min: 2, max: 3_000 }),
    batchSize: fc.integer({ min: 1, max: 20 }),
    sequenceLength: fc.integer({ min: 1, max: 40 }),
  });

  it('makes every symbol but a remainder of fewer than B a target exactly once an epoch', () => {
    fc.assert(
      fc.property(layout, ({ N, ...asked }) => {
        const streams = new Streams(counting(N), asked);
        const seen = new Map<number, number>();
        for (let w = 0; w < streams.windows; w++) {
          for (const target of streams.window(w).targets) seen.set(target, (seen.get(target) ?? 0) + 1);
        }
        const dropped = N - 1 - seen.size;
        expect(dropped).toBeGreaterThanOrEqual(0);
        expect(dropped).toBeLessThan(streams.batchSize);
        expect([...seen.values()].every((count) => count === 1)).toBe(true);
        expect([...seen.keys()].sort((x, y) => x - y)).toEqual([...counting(N).slice(1, N - dropped)]);
      }),
    );
  });

  it('reads each stream without a gap, in full windows but the last, and predicts the next symbol', () => {
    fc.assert(
      fc.property(layout, ({ N, ...asked }) => {
        const streams = new Streams(counting(N), asked);
        const B = streams.batchSize;
        for (let b = 0; b < B; b++) {
          let expected: number | undefined;
          for (let w = 0; w < streams.windows; w++) {
            const { sequenceLength: T, inputs, targets } = streams.window(w);
            expect(inputs.length).toBe(T * B);
            expect(T).toBeGreaterThan(0);
            if (w + 1 < streams.windows) expect(T).toBe(streams.sequenceLength);
            else expect(T).toBeLessThanOrEqual(streams.sequenceLength);
            for (let t = 0; t < T; t++) {
              if (expected !== undefined) expect(inputs[t * B + b]).toBe(expected);
              expected = targets[t * B + b]!;
              expect(expected).toBe(inputs[t * B + b] + 1);
            }
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('does not count the start of a file as a target, but reads it', () => {
    const S = Vocabulary.startOfFile;
    const streams = new Streams(Int32Array.of(S, 5, 6, S, 7, 8), { batchSize: 1, sequenceLength: 10 });
    expect(streams.window(0)).toEqual({
      sequenceLength: 5,
      inputs: Int32Array.of(S, 5, 6, S, 7),
      targets: Int32Array.of(5, 6, -1, 7, 8),
    });
  });

  it.each([
    { name: 'takes the batch size asked for on a large corpus', N: 200_001, batch: 50, T: 200, windows: 20 },
    {
      name: 'takes fewer streams so that an epoch has 20 windows',
      N: 100_001,
      batch: 25,
      T: 200,
      windows: 20,
    },
    { name: 'takes one stream where 20 windows are too many', N: 1_001, batch: 1, T: 200, windows: 5 },
    { name: 'shortens the window of a corpus that is shorter', N: 11, batch: 1, T: 10, windows: 1 },
    { name: 'makes do with two symbols', N: 2, batch: 1, T: 1, windows: 1 },
  ])('$name', ({ N, batch, T, windows }) => {
    const streams = new Streams(counting(N), { batchSize: 50, sequenceLength: 200 });
    expect(streams).toMatchObject({ batchSize: batch, sequenceLength: T, windows });
  });

  it('has a fingerprint that tells symbols, batch size and sequence length apart', () => {
    const symbols = counting(2_000);
    const changed = symbols.map((id, i) => (i === 1_500 ? id + 1 : id));
    const asked = { batchSize: 4, sequenceLength: 10 };
    const fingerprints = [
      new Streams(symbols, asked),
      new Streams(changed, asked),
      new Streams(symbols, { ...asked, batchSize: 3 }),
      new Streams(symbols, { ...asked, sequenceLength: 11 }),
    ].map((streams) => streams.fingerprint);
    expect(new Set(fingerprints).size).toBe(4);
    expect(new Streams(symbols.slice(), asked).fingerprint).toBe(fingerprints[0]);
  });
});
