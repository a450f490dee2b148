import { basename } from 'node:path';
import type { SkippedFile } from '../source-file.ts';
import { decode } from '../encoding/decode.ts';
import { logReason, looksLikeLog } from './log-lines.ts';
import { minifiedOrGenerated } from './minified-or-generated.ts';
import { isNotebook, notebookText } from './notebook.ts';
import { normalise } from './normalize.ts';
import { Yielder } from '../../common/yielder.ts';
import { english } from '../../common/localization/message.ts';
import { varyingReason } from '../reasons.ts';
import { redact, type LineRange, type Redaction } from '../../secrets/index.ts';

/** A file of which a larger part of the lines looks like credentials is taken for a list of them. */
const MAX_CREDENTIAL_SHARE = 0.8;
/** With fewer lines than this that look like credentials a file is never taken for a list of them. */
const MIN_CREDENTIALS = 10;

export interface FileFacts {
  /** The user named this file itself, so that generated and minified text is wanted. */
  readonly named: boolean;
  /** The encoding that the settings name for it. */
  readonly encoding?: string | undefined;
}

export interface PreparedText {
  readonly text: string;
  readonly encoding: string;
  /** The lines of the file that `text` lacks, wholly or in part. */
  readonly leftOut: readonly SkippedFile[];
}

/**
 * From the bytes of a file to the text that is learnt, or the reason why there is none.
 */
export async function prepareText(
  path: string,
  bytes: Buffer,
  { named, encoding }: FileFacts,
  yielder: Yielder,
): Promise<PreparedText | { readonly reason: string }> {
  const decoded = await decode(bytes, yielder, encoding);
  if ('reason' in decoded) return decoded;
  const source = isNotebook(path) ? notebookText(decoded.text) : decoded.text;
  if (source === undefined) return { reason: english`not a notebook, in spite of its name` };
  const normalised = await normalise(source, yielder);
  const wanted = await withoutUnwanted(path, normalised, named, yielder);
  if ('reason' in wanted) return wanted;
  const { text, removed, shortened } = wanted;
  const leftOut = [
    ...removed.map((range) => ({ path, reason: credentialReason(range) })),
    ...shortened.map((range) => ({ path, reason: embeddedReason(range) })),
  ];
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
): Promise<Redaction | { readonly reason: string }> {
  if (normalised.trim() === '') return { reason: english`empty` };
  const unwanted = named ? undefined : (logOf(path, normalised) ?? minifiedOrGenerated(normalised));
  if (unwanted !== undefined) return { reason: unwanted };
  const redacted = await redact(normalised, path, yielder);
  if (redacted.text.trim() === '') return { reason: english`holds nothing but what looks like credentials` };
  if (isMostlyCredentials(normalised, redacted.removed))
    return { reason: english`full of what looks like credentials` };
  return redacted;
}

/** Why a file is left out whose name and lines are those of a log, or undefined. */
function logOf(path: string, text: string): string | undefined {
  const reason = logReason(basename(path));
  return reason !== undefined && looksLikeLog(text) ? reason : undefined;
}

function isMostlyCredentials(text: string, removed: readonly LineRange[]): boolean {
  const lines = removed.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (lines < MIN_CREDENTIALS) return false;
  const written = text.match(/^.*\S/gm)?.length ?? 0;
  return lines > MAX_CREDENTIAL_SHARE * written;
}

function credentialReason({ first, last }: LineRange): string {
  return first === last
    ? varyingReason('credentialLine', first)
    : varyingReason('credentialLines', first, last);
}

function embeddedReason({ first, last }: LineRange): string {
  return first === last
    ? varyingReason('embeddedInLine', first)
    : varyingReason('embeddedInLines', first, last);
}
