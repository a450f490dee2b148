import fc from '../../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { Vocabulary } from '../../../../src/corpus/index.ts';
import { fileStarts, fileUses } from '../../../../src/training/data/priors/schedule.ts';
import { Streams } from '../../../../src/training/data/batch-streams.ts';

/** Files of these lengths, each behind its start. */
const symbolsOf = (lengths: readonly number[]): Int32Array =>
  Int32Array.from(lengths.flatMap((length) => [Vocabulary.startOfFile, ...Array<number>(length).fill(2)]));

describe('fileUses', () => {
  it('covers every window that predicts a character of the file, and only what an epoch reads', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 30 }),
        (lengths, batchSize, sequenceLength) => {
          const symbols = symbolsOf(lengths);
          const streams = new Streams(symbols, { batchSize, sequenceLength });
          const starts = fileStarts(symbols);
          expect(starts.length).toBe(lengths.length + 1);
          const uses = new Map(fileUses(starts, streams).map((use) => [use.file, use]));
          const fileAt = (position: number) => starts.findLastIndex((start) => start <= position);
          const read = new Set<number>();
          for (let b = 0; b < streams.batchSize; b++) {
            for (let p = 0; p < streams.streamLength; p++) {
              const target = b * streams.streamLength + p + 1;
              if (symbols[target] === Vocabulary.startOfFile) continue;
              const file = fileAt(target);
              const window = Math.floor(p / streams.sequenceLength);
              read.add(file);
              expect(uses.get(file)!.first).toBeLessThanOrEqual(window);
              expect(uses.get(file)!.last).toBeGreaterThanOrEqual(window);
            }
          }
          expect([...uses.keys()].sort((a, b) => a - b)).toEqual([...read].sort((a, b) => a - b));
        },
      ),
    );
  });
});
