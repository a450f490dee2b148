import type { SkippedFile } from '../source-file.ts';
import { decode } from './decode.ts';
import { minifiedOrGenerated } from './minified-or-generated.ts';
import { normalise } from './normalize.ts';
import type { Yielder } from '../../common/yielder.ts';
import { removeCredentials } from '../../secrets/index.ts';

/** A file with more places than this that look like credentials is taken for a list of them. */
const MAX_PLACES = 50;

export interface PreparedText {
  readonly text: string;
  readonly encoding: string;
  /** The lines of the file that `text` lacks. */
  readonly leftOut: readonly SkippedFile[];
}

/**
 * From the bytes of a file to the text that is learnt, or the reason why there is none.
 * @param named the user named this file itself, so generated and minified text is wanted.
 */
export async function prepareText(
  path: string,
  bytes: Buffer,
  named: boolean,
  yielder: Yielder,
): Promise<PreparedText | { readonly reason: string }> {
  const decoded = await decode(bytes, yielder);
  if ('reason' in decoded) return decoded;
  const normalised = await normalise(decoded.text, yielder);
  if (normalised.trim() === '') return { reason: 'empty' };
  const unwanted = named ? undefined : minifiedOrGenerated(normalised);
  if (unwanted !== undefined) return { reason: unwanted };

  const { text, removed } = await removeCredentials(normalised, path, yielder);
  if (removed.length > MAX_PLACES) return { reason: 'full of what looks like credentials' };
  if (text.trim() === '') return { reason: 'holds nothing but what looks like credentials' };
  const leftOut = removed.map(({ first, last }) => ({
    path,
    reason:
      first === last
        ? `line ${first} looks like a credential`
        : `lines ${first} to ${last} look like a credential`,
  }));
  return { text, encoding: decoded.encoding, leftOut };
}
