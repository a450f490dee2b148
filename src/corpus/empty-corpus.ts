import path from 'node:path';
import { type Message, message } from '../common/localization/message.ts';
import { NOT_REGULAR } from './files/roots.ts';
import { reasonMessage } from './reasons.ts';
import type { SkippedFile } from './source-file.ts';

/** Files that a sentence names; the others are counted. */
const MAX_NAMED = 3;

/**
 * Why there is nothing to learn, and what to do, as a sentence.
 * @param roots as they were given
 * @param leftOut what was found in them instead
 */
export function emptyCorpusSentence(roots: readonly string[], leftOut: readonly SkippedFile[]): Message {
  const places = roots.join(', ');
  if (leftOut.length === 0)
    return message`There is nothing to learn in ${places}; it holds no text, so name other files or folders.`;
  const named = leftOut
    .slice(0, MAX_NAMED)
    .map(({ path: found, reason }) => message`${path.basename(found)} (${reasonMessage(reason)})`);
  const others = leftOut.length - named.length;
  const list = [...named, ...(others > 0 ? [message`${others} more`] : [])].reduce(
    (before, next) => message`${before}, ${next}`,
  );
  const remedy = leftOut.some(({ reason }) => reason === NOT_REGULAR)
    ? message`write what a pipe gives to a file and name that`
    : message`name other files or folders, or change what leaves them out`;
  return leftOut.length === 1
    ? message`There is nothing to learn in ${places}; ${list} was left out, so ${remedy}.`
    : message`There is nothing to learn in ${places}; ${list} were left out, so ${remedy}.`;
}
