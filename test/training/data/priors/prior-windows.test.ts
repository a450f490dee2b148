import { describe, expect, it } from 'vitest';
import fc from '../../../fast-check.ts';
import { Vocabulary } from '../../../../src/corpus/index.ts';
import { Streams } from '../../../../src/training/data/batch-streams.ts';
import { PriorWindows } from '../../../../src/training/data/priors/prior-windows.ts';
import { ENTRIES, type PackedPriors } from '../../../../src/training/data/priors/sparse-priors.ts';

/** Character i of file f expects one symbol that says both. */
const mark = (file: number, character: number): number => 1000 * (file + 1) + character;

const priorsOf = (length: number, file: number): PackedPriors => ({
  starts: Uint32Array.from({ length: length + 1 }, (_, i) => i),
  symbols: Uint16Array.from({ length }, (_, i) => mark(file, i)),
  values: new Uint8Array(length).fill(16),
});

describe('PriorWindows', () => {
  it('give each character its own prior, and the start of a file none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 30 }),
        (lengths, batchSize, sequenceLength) => {
          const expected = lengths.flatMap((length, file) => [
            -1,
            ...Array.from({ length }, (_, i) => mark(file, i)),
          ]);
          const symbols = Int32Array.from(expected, (each) => (each < 0 ? Vocabulary.startOfFile : 2));
          const streams = new Streams(symbols, { batchSize, sequenceLength });
          const windows = new PriorWindows(streams, lengths.map(priorsOf));
          expect(windows.count).toBe(streams.windows);
          for (let index = 0; index < windows.count; index++) {
            const { logitBias, ...window } = windows.window(index);
            expect(window).toEqual(streams.window(index));
            window.targets.forEach((_, row) => {
              const [t, b] = [Math.floor(row / streams.batchSize), row % streams.batchSize];
              const position = b * streams.streamLength + index * streams.sequenceLength + t + 1;
              const entries = [...logitBias!.symbols.subarray(row * ENTRIES, (row + 1) * ENTRIES)];
              expect(entries).toEqual([expected[position], ...Array<number>(ENTRIES - 1).fill(-1)]);
            });
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
