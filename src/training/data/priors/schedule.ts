import { Vocabulary } from '../../../corpus/index.ts';

/** The layout of an epoch; see `Streams`. */
export interface StreamLayout {
  readonly batchSize: number;
  /** Predictions each stream makes in an epoch. */
  readonly streamLength: number;
  readonly sequenceLength: number;
}

/** The windows of an epoch that predict characters of a file. */
export interface FileUse {
  /** Index among the files that have text, in the order of the symbols. */
  readonly file: number;
  readonly first: number;
  readonly last: number;
}

/** The indices of the start-of-file symbols among `symbols`, then N: [files + 1]. */
export function fileStarts(symbols: Uint16Array | Int32Array): Int32Array {
  const starts: number[] = [];
  for (let i = 0; i < symbols.length; i++) if (symbols[i] === Vocabulary.startOfFile) starts.push(i);
  return Int32Array.from([...starts, symbols.length]);
}

/** Lists which windows of an epoch need which file, in the order of the first windows. Files never predicted are left out. */
export function fileUses(
  starts: Int32Array,
  { batchSize, streamLength, sequenceLength }: StreamLayout,
): FileUse[] {
  const uses: FileUse[] = [];
  for (let file = 0; file + 1 < starts.length; file++) {
    // Prediction p is of symbol p + 1; of a file's own symbols, the first is no character.
    const begin = starts[file];
    const end = Math.min(starts[file + 1] - 1, batchSize * streamLength);
    if (begin >= end) continue;
    const streams = { from: Math.floor(begin / streamLength), to: Math.floor((end - 1) / streamLength) };
    const windowAt = (prediction: number) => Math.floor((prediction % streamLength) / sequenceLength);
    uses.push({
      file,
      // A file that goes on in the next stream is read there from its first window.
      first: streams.from < streams.to ? 0 : windowAt(begin),
      last: streams.from < streams.to ? windowAt(streamLength - 1) : windowAt(end - 1),
    });
  }
  return uses.sort((a, b) => a.first - b.first || a.file - b.file);
}
