import { describe, expect, it } from 'vitest';
import { Vocabulary } from '../../../src/corpus/index.ts';
import { packWindow } from '../../../src/training/data/pack-window.ts';

const S = Vocabulary.startOfFile;

describe('packWindow', () => {
  it('packs streams time-major, and counts nothing behind the end of a slice or where a stream has ended', () => {
    const slices = [
      { symbols: Int32Array.of(S, 5, 6, 7, 8), start: 1, length: 3 },
      undefined,
      { symbols: Uint16Array.of(S, 9), start: 0, length: 1 },
    ];
    expect(packWindow(slices)).toEqual({
      sequenceLength: 3,
      inputs: Int32Array.of(5, 0, S, 6, 0, 0, 7, 0, 0),
      targets: Int32Array.of(6, -1, 9, 7, -1, -1, 8, -1, -1),
    });
  });

  it('does not count the start of a file, nor what comes before the first symbol to count', () => {
    const symbols = Int32Array.of(S, 5, 6, S, 7, 8);
    expect(packWindow([{ symbols, start: 0, length: 5, countedFrom: 2 }]).targets).toEqual(
      Int32Array.of(-1, 6, -1, 7, 8),
    );
  });

  it('packs no streams as an empty window', () => {
    expect(packWindow([])).toEqual({
      sequenceLength: 0,
      inputs: new Int32Array(),
      targets: new Int32Array(),
    });
  });
});
