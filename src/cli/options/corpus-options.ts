import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CorpusOptions } from '../../corpus/index.ts';

/** Most characters taken from folders, as the default of the setting `charRnn.corpus.maxSize`. */
const MAX_CHARACTERS_FROM_FOLDERS = 20_000_000;

/** What the PATHs of a command line name to be learnt: files as large as they are, and so much from folders. */
export function corpusOptions(paths: readonly string[]): CorpusOptions {
  const roots = paths.map((path) => resolve(path));
  // A file has no more characters than bytes.
  const fromFiles = roots.reduce((sum, root) => sum + bytesOfFile(root), 0);
  return { roots, include: [], exclude: [], maxCharacters: MAX_CHARACTERS_FROM_FOLDERS + fromFiles };
}

/** The same without a limit: what is measured is not cut to what would be learnt. */
export function unlimitedCorpusOptions(paths: readonly string[]): CorpusOptions {
  return { ...corpusOptions(paths), maxCharacters: Number.MAX_SAFE_INTEGER };
}

/** 0 for folders, and for what is not there, which reading the corpus will tell. */
function bytesOfFile(path: string): number {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? stats.size : 0;
  } catch {
    return 0;
  }
}
