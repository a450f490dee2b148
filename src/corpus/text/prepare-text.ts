import type { SkippedFile } from '../source-file.ts';
import { decode } from './decode.ts';
import { minifiedOrGenerated } from './minified-or-generated.ts';
import { normalise } from './normalize.ts';
import { Yielder } from '../../common/yielder.ts';
import { removeCredentials, type LineRange } from '../../secrets/index.ts';

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
  const wanted = await withoutUnwanted(path, normalised, named, yielder);
  if ('reason' in wanted) return wanted;
  const { text, removed } = wanted;
  const leftOut = removed.map(({ first, last }) => ({
    path,
    reason:
      first === last
        ? `line ${first} looks like a credential`
        : `lines ${first} to ${last} look like a credential`,
  }));
  return { text, encoding: decoded.encoding, leftOut };
}

/**
 * What would be learnt of a file if its text were this, as of a document that is open.
 * @param text normalised
 * @returns '' where nothing would be
 */
export async function learnableText(path: string, text: string): Promise<string> {
  const wanted = await withoutUnwanted(path, text, false, new Yielder(undefined));
  return 'reason' in wanted ? '' : wanted.text;
}

async function withoutUnwanted(
  path: string,
  normalised: string,
  named: boolean,
  yielder: Yielder,
): Promise<{ readonly text: string; readonly removed: readonly LineRange[] } | { readonly reason: string }> {
  if (normalised.trim() === '') return { reason: 'empty' };
  const unwanted = named ? undefined : minifiedOrGenerated(normalised);
  if (unwanted !== undefined) return { reason: unwanted };
  const { text, removed } = await removeCredentials(normalised, path, yielder);
  if (removed.length > MAX_PLACES) return { reason: 'full of what looks like credentials' };
  if (text.trim() === '') return { reason: 'holds nothing but what looks like credentials' };
  return { text, removed };
}
