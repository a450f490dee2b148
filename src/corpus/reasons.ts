import { type Message, message } from '../common/localization/message.ts';
import { StoredMessages, type StoredValue as Value } from '../common/localization/stored-messages.ts';
import { unreadableReason } from '../common/system-errors.ts';

/**
 * Why a file, or a part of it, is left out, where that differs from file to file. What is the same for all of them is
 * written where it is found out, as `english` text.
 */
export const VARYING_REASONS = {
  ignoredBy: (list: Value) => message`ignored by ${list}`,
  tooLarge: (mebibytes: Value) => message`larger than ${mebibytes} MiB`,
  unmatched: (pattern: Value) => message`no file matches the pattern ${pattern} of the settings`,
  rareCharacters: (percent: Value, size: Value) =>
    message`${percent} % of the text are characters beyond the ${size} that the network knows`,
  invalid: (encoding: Value) => message`not valid ${encoding}, which its byte order mark names`,
  credentialLine: (line: Value) => message`line ${line} looks like a credential`,
  credentialLines: (first: Value, last: Value) => message`lines ${first} to ${last} look like a credential`,
  embeddedInLine: (line: Value) => message`data embedded in line ${line}`,
  embeddedInLines: (first: Value, last: Value) => message`data embedded in lines ${first} to ${last}`,
  unreadable: unreadableReason,
} satisfies Record<string, (...values: Value[]) => Message>;

export type VaryingReason = keyof typeof VARYING_REASONS;

const STORED = new StoredMessages(VARYING_REASONS);

/** The kind of a `SkippedFile.reason`; undefined for one that is the same for all files. */
export function kindOfReason(reason: string): VaryingReason | undefined {
  return STORED.nameOf(reason);
}

/** Whether a `SkippedFile.reason` is of a kind. */
export function isReasonOf(reason: string, kind: VaryingReason): boolean {
  return STORED.is(reason, kind);
}

/** A `SkippedFile.reason`, which is in English, to be translated. */
export function reasonMessage(reason: string): Message {
  return STORED.messageIn(reason);
}

/** A reason that varies, in English. */
export function varyingReason<K extends VaryingReason>(
  kind: K,
  ...values: Parameters<(typeof VARYING_REASONS)[K]>
): string {
  return STORED.text(kind, ...values);
}
