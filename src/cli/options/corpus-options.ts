import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { contributes } from '../../../package.json';
import { UserFacingError } from '../../common/errors.ts';
import type { CorpusOptions } from '../../corpus/index.ts';

/** Limit on the characters taken from folders: the default of the editor's setting, which is in millions. */
const MAX_CHARACTERS_FROM_FOLDERS = contributes.configuration.reduce(
  (found, { properties }) => found + 1e6 * (properties['charRnn.corpus.maxSize']?.default ?? 0),
  0,
);

/**
 * Options to learn the PATHs of a command line: named files of any size, and folders up to a limit.
 * @throws UserFacingError for `-`.
 */
export function corpusOptions(paths: readonly string[]): CorpusOptions {
  if (paths.includes('-'))
    throw new UserFacingError(
      'Standard input cannot be read for this, since files are read more than once; write it to a file and name that.',
    );
  const roots = paths.map((path) => resolve(path));
  // A file has no more characters than bytes.
  const fromFiles = roots.reduce((sum, root) => sum + bytesOfFile(root), 0);
  return { roots, include: [], exclude: [], maxCharacters: MAX_CHARACTERS_FROM_FOLDERS + fromFiles };
}

/** The same without a limit, for measuring: a model is measured on all of the files. */
export function unlimitedCorpusOptions(paths: readonly string[]): CorpusOptions {
  return { ...corpusOptions(paths), maxCharacters: Number.MAX_SAFE_INTEGER };
}

/** Size of a file in bytes; 0 for a folder or a missing file, which reading the corpus will report. */
function bytesOfFile(path: string): number {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? stats.size : 0;
  } catch {
    return 0;
  }
}
