import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../src/common/errors.ts';
import { englishText } from '../../src/common/localization/message.ts';
import {
  codeOf,
  isNotFound,
  readFailure,
  sentenceForPath,
  systemReason,
} from '../../src/common/system-errors.ts';

const failure = (code: string) => Object.assign(new Error(code), { code });

describe('errors of the system', () => {
  it('are one sentence: what, why, and what to do', () => {
    const error = sentenceForPath(failure('ENOSPC'), 'X cannot be written');
    expect(error).toBeInstanceOf(UserFacingError);
    expect((error as Error).message).toBe(
      'X cannot be written, because the disk is full; free some space and try again.',
    );
    expect((sentenceForPath(failure('EIO'), 'X failed') as Error).message).toBe(
      'X failed, because the system reports EIO; check the disk and try again.',
    );
  });

  it('stay what they are where the system reported none', () => {
    const error = failure('ERR_INVALID_ARG_TYPE');
    expect(sentenceForPath(error, 'X')).toBe(error);
    expect(codeOf('ENOENT')).toBeUndefined();
    expect(isNotFound(failure('ENOENT'))).toBe(true);
    expect(englishText(systemReason(new Error('odd')))).toBe('the system reports Error: odd');
  });

  it('are a short phrase in lists', () => {
    expect(readFailure(failure('EPERM'))).toBe('no permission to read it');
    expect(readFailure(failure('EIO'))).toBe('cannot be read: EIO');
    expect(readFailure(undefined)).toBe('cannot be read: unknown error');
  });
});
