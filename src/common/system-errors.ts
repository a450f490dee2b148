import { UserFacingError } from './errors.ts';

const fileForFolder = 'a part of its path is a file and not a folder; name another place';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'its permissions do not allow it; change them or choose another place',
  EPERM: 'its permissions do not allow it; change them or choose another place',
  EROFS: 'the disk is read-only; choose another place',
  ENOSPC: 'the disk is full; free some space and try again',
  EDQUOT: 'your disk quota is used up; free some space and try again',
  EISDIR: 'it is a folder; name a file',
  ENOTDIR: fileForFolder,
  EEXIST: fileForFolder,
  ELOOP: 'its symbolic links lead in a circle; name another place',
  ENAMETOOLONG: 'its name is too long; choose a shorter one',
  EMFILE: 'too many files are open; close other programs and try again',
};

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** `what` happened, and why by the system's error code; anything that is no error of the system stays as it is. */
export function sentenceForPath(error: unknown, what: string): unknown {
  const code = codeOf(error);
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error;
  const reason = reasons[code] ?? `the system reports ${code}; check the disk and try again`;
  return new UserFacingError(`${what}, because ${reason}.`, { cause: error });
}
