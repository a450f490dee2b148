import { english } from '../../common/localization/message.ts';
/** Lines at the beginning that show whether a file is a log. */
const CHECKED_LINES = 200;
/** Share of the lines of a log that begin as entries do; the others continue one. */
const MIN_ENTRY_SHARE = 0.3;

/** A time, a level in capitals, the client of an access log, or the seconds of the kernel's ring buffer. */
const ENTRY =
  /^\W{0,3}(?:\d{4}[-/.]\d\d[-/.]\d\d[T ,]|\d{1,2}:\d\d:\d\d|[A-Z][a-z]{2} [A-Z]?[a-z]{0,2} ?[ \d]\d \d\d:|\d{1,2}[/-][A-Z][a-z]{2}[/-]\d{4}|(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL|SEVERE)\b|[\d.:a-f]{3,39} - \S+ \[|\s*\d+\.\d{3,6}\]|\d{10,13}\b|npm (?:ERR|WARN|verb|info|timing|http)|\d+ (?:verbose|silly|info|timing|http|error|warn) )/;

/** Whether `text` is what a program wrote while it ran, entry by entry. */
export function looksLikeLog(text: string): boolean {
  const lines = text.split('\n', CHECKED_LINES).filter((line) => line.trim() !== '');
  return lines.filter((line) => ENTRY.test(line)).length >= MIN_ENTRY_SHARE * lines.length;
}

const LOG = english`log`;
const LOG_NAME = /\.log(?:\.\d+)?$/i;

/** What a file of this name is left out for where what it holds are messages of a program, or undefined. */
export function logReason(name: string): string | undefined {
  return LOG_NAME.test(name) ? LOG : undefined;
}
