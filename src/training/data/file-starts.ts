import { Vocabulary } from '../../corpus/index.ts';

/** The indices of the start-of-file symbols among `symbols`, then N: [files + 1]. */
export function fileStarts(symbols: Uint16Array | Int32Array): Int32Array {
  const starts: number[] = [];
  for (let i = 0; i < symbols.length; i++) if (symbols[i] === Vocabulary.startOfFile) starts.push(i);
  return Int32Array.from([...starts, symbols.length]);
}

/** The symbols of these files, in this order. @param starts as `fileStarts` gives them. */
export function symbolsOfFiles(
  symbols: Uint16Array | Int32Array,
  starts: Int32Array,
  files: readonly number[],
): Uint16Array {
  const parts = files.map((file) => symbols.subarray(starts[file], starts[file + 1]));
  const joined = new Uint16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    joined.set(part, end);
    end += part.length;
  }
  return joined;
}
