import type { SourceFile } from './corpus.ts';

/**
 * Holds whole files out for validation: about `fraction` of the characters, chosen by `seed` and path, so
 * that a file stays on its side when others come and go. A corpus of one file gives up its last part instead
 * (cut at a line end). With `fraction` 0 nothing is held out. The training side is never empty.
 */
export function splitFiles(
  _files: readonly SourceFile[],
  _fraction: number,
  _seed: number,
): { training: readonly SourceFile[]; validation: readonly SourceFile[] } {
  throw new Error('in progress');
}
