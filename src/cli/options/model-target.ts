import type { Stats } from 'node:fs';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserFacingError } from '../../common/errors.ts';
import { englishText } from '../../common/localization/message.ts';
import { looksLikeModel } from '../../model/index.ts';
import { systemReason } from '../../common/system-errors.ts';

/**
 * Makes sure that a training may write its model to `path`, so that a mistyped name never overwrites another file.
 * @param sources paths of what is to be learnt.
 * @param resume whether an existing file will be read as a model; reading it then reports best what is wrong with it.
 * @returns whether a model exists there already.
 * @throws UserFacingError where something else is there.
 */
export async function checkModelTarget(
  path: string,
  sources: readonly string[],
  resume: boolean,
): Promise<boolean> {
  const there = stats(path);
  if (there === undefined) return false;
  const refuse = (why: string): never => {
    throw new UserFacingError(`The model cannot be saved as ${path}, because ${why}.`);
  };
  if (there.isDirectory()) refuse('that is a folder; name a file');
  if (!there.isFile()) refuse('that is not a regular file; name another one');
  const isSource = sources.some((source) => {
    const other = sourceStats(source);
    return other !== undefined && other.ino === there.ino && other.dev === there.dev;
  });
  if (isSource) refuse('that is a file to be learnt; name another one');
  if (!resume && !(await looksLikeModel(path))) {
    refuse('the file there is no model and would be lost; name another one, or remove it first');
  }
  return true;
}

/** @throws UserFacingError where the path leads nowhere a file can be. */
function stats(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new UserFacingError(
      `The model cannot be saved as ${path}, because ${englishText(systemReason(error))}; name another file.`,
      { cause: error },
    );
  }
}

/** Undefined if the path cannot be read, which reading the corpus will report. */
function sourceStats(path: string): Stats | undefined {
  try {
    return statSync(resolve(path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
