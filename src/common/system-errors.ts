import { UserFacingError } from './errors.ts';
import { type Message, message, english, englishText } from './localization/message.ts';

interface Explanation {
  /** A clause that follows "because". */
  readonly reason: Message;
  readonly remedy: Message;
}

const NO_PERMISSION: Explanation = {
  reason: message`its permissions do not allow it`,
  remedy: message`change them or choose another place`,
};
const FILE_FOR_FOLDER: Explanation = {
  reason: message`a part of its path is a file and not a folder`,
  remedy: message`name another place`,
};

/** Reasons and remedies by the error codes of the operating system; see errno(3). */
const EXPLANATIONS: ReadonlyMap<string, Explanation> = new Map([
  ['EACCES', NO_PERMISSION],
  ['EPERM', NO_PERMISSION],
  ['EROFS', { reason: message`the disk is read-only`, remedy: message`choose another place` }],
  ['ENOSPC', { reason: message`the disk is full`, remedy: message`free some space and try again` }],
  ['EDQUOT', { reason: message`your disk quota is used up`, remedy: message`free some space and try again` }],
  ['EISDIR', { reason: message`it is a folder`, remedy: message`name a file` }],
  ['ENOENT', { reason: message`there is no such file or folder`, remedy: message`check the path` }],
  ['ENOTDIR', FILE_FOR_FOLDER],
  ['EEXIST', FILE_FOR_FOLDER],
  ['ELOOP', { reason: message`its symbolic links lead in a circle`, remedy: message`name another place` }],
  ['ENAMETOOLONG', { reason: message`its name is too long`, remedy: message`choose a shorter one` }],
  [
    'EMFILE',
    { reason: message`too many files are open`, remedy: message`close other programs and try again` },
  ],
]);

/** Short reasons for the list of files that were left out, which needs no remedies. */
const SHORT_REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', english`no permission to read it`],
  ['EPERM', english`no permission to read it`],
  ['ENOENT', english`gone before it was read`],
  ['ENOTDIR', english`gone before it was read`],
  ['ELOOP', english`symbolic link`],
]);

/** The code of an error of the system, such as `ENOENT`; undefined for any other value. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether `error` means that a file or folder does not exist. */
export function isNotFound(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** Why a path could not be used, by the system's code, to stand after "because": `the disk is full`. */
export function systemReason(error: unknown): Message {
  const code = codeOf(error);
  const known = code === undefined ? undefined : EXPLANATIONS.get(code)?.reason;
  return known ?? message`the system reports ${code ?? String(error)}`;
}

/** That a file was not read, by the system's code. */
export function unreadableReason(code: string | number): Message {
  return message`cannot be read: ${code}`;
}

/** Why a file or folder was not read, as a short phrase for a list, in English. */
export function readFailure(error: unknown): string {
  const code = codeOf(error) ?? 'unknown error';
  return SHORT_REASONS.get(code) ?? englishText(unreadableReason(code));
}

/** `what` happened, why, and what to do, by the system's error code; any other error is returned as it is. */
export function sentenceForPath(error: unknown, what: Message | string): unknown {
  const code = codeOf(error);
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error;
  const remedy = EXPLANATIONS.get(code)?.remedy ?? message`check the disk and try again`;
  return new UserFacingError(message`${what}, because ${systemReason(error)}; ${remedy}.`, { cause: error });
}
