import path from 'node:path';
import { NOT_REGULAR } from './files/roots.ts';
import type { SkippedFile } from './source-file.ts';

/** Files that a sentence names; the others are counted. */
const MAX_NAMED = 3;

/**
 * Why there is nothing to learn, and what to do, as a sentence.
 * @param roots as they were given
 * @param leftOut what was found in them instead
 */
export function emptyCorpusSentence(roots: readonly string[], leftOut: readonly SkippedFile[]): string {
  const beginning = `There is nothing to learn in ${roots.join(', ')}`;
  if (leftOut.length === 0) return `${beginning}; it holds no text, so name other files or folders.`;
  const named = leftOut
    .slice(0, MAX_NAMED)
    .map(({ path: found, reason }) => `${path.basename(found)} (${reason})`);
  const others = leftOut.length - named.length;
  const list = [...named, ...(others > 0 ? [`${others} more`] : [])].join(', ');
  const were = leftOut.length === 1 ? 'was' : 'were';
  const remedy = leftOut.some(({ reason }) => reason === NOT_REGULAR)
    ? 'write what a pipe gives to a file and name that'
    : 'name other files or folders, or change what leaves them out';
  return `${beginning}; ${list} ${were} left out, so ${remedy}.`;
}
