import { LineDetector } from './detector/line-detector.ts';
import { cellsBelow } from './detector/tables.ts';
import { withoutEmbeddedData } from './embedded-data.ts';
import { KeyBlocks } from './key-blocks.ts';
import { secretManifests } from './manifests.ts';
import { LineHints } from './prefilter/hints.ts';
import { isSecretLiteral } from './rules/values.ts';
import { sourceContext } from './text-kind.ts';
import { RedactedText } from './redacted-text.ts';
import type { LineRange, Redaction } from './redacted-text.ts';
import type { Yielder } from '../common/yielder.ts';

/** Longer lines are looked at in overlapping pieces, so that a piece takes a few milliseconds at most. */
const PIECE_UNITS = 4 * 1024;
const OVERLAP_UNITS = 512;
/** Lines between two looks at the clock. */
const CHECK_INTERVAL = 32;
/** Lines that may stand between a value and the name below it. */
const MAX_LINES_BACK = 5;

/**
 * `text` without the lines that look like credentials, and which lines those are. Looks for keys in PEM form, for
 * credentials of known forms, and for values given to names of credentials, also where the value stands on other
 * lines. Of embedded files the base64 is left out, and the rest of their line kept. Time is linear in the text.
 * @param path says by its extension and folders how values are written.
 */
export async function redact(text: string, path: string, yielder: Yielder): Promise<Redaction> {
  if (isTableOfCredentials(text, path)) return { text: '', removed: wholeOf(text), shortened: [] };
  const context = sourceContext(path);
  const detector = new LineDetector(context);
  const hints = new LineHints(text, context.kind);
  const blocks = new KeyBlocks(text);
  const manifests = secretManifests(text);
  const redacted = new RedactedText(text);
  detector.readHeader(lineAt(text, 0));
  for (let start = 0, looked = 0; start < text.length;) {
    if (++looked % CHECK_INTERVAL === 0 && yielder.isDue) await yielder.yield();
    if (!detector.isWaiting && manifests.size === 0) {
      const hint = Math.min(hints.next(start), blocks.next(start));
      if (hint >= hints.end) {
        start = hints.end;
        if (yielder.isDue) await yielder.yield();
        continue;
      }
      if (hint > start) start = text.lastIndexOf('\n', hint - 1) + 1;
    }
    const lineFeed = text.indexOf('\n', start);
    const end = lineFeed === -1 ? text.length : lineFeed;
    const inBlock =
      blocks.includes(start, end) || (manifests.size > 0 && manifests.has(redacted.numberAt(start) - 1));
    if (inBlock) {
      redacted.remove(start, end);
    } else {
      const line = text.slice(start, end);
      const kept = withoutEmbeddedData(line);
      const { secret, valueBefore } = await readInPieces(kept, detector, yielder);
      if (secret) redacted.remove(start, end);
      else if (kept !== line) redacted.replace(start, end, kept);
      if (valueBefore && !secret) removeValueAbove(text, start, redacted);
    }
    start = end + 1;
  }
  return redacted.finish();
}

/** The line that begins at `start`, without its end. */
function lineAt(text: string, start: number): string {
  return text.slice(start, Math.min(start + PIECE_UNITS, text.indexOf('\n', start) >>> 0));
}

/** Tables of these kinds name their columns in the first line, and hold nothing else. */
function isTableOfCredentials(text: string, path: string): boolean {
  return /\.(?:csv|tsv)$/i.test(path) && cellsBelow(lineAt(text, 0))?.strength === 'strong';
}

function wholeOf(text: string): readonly LineRange[] {
  return [{ first: 1, last: text.split('\n').length }];
}

async function readInPieces(
  line: string,
  detector: LineDetector,
  yielder: Yielder,
): Promise<ReturnType<LineDetector['read']>> {
  if (line.length <= PIECE_UNITS) return detector.read(line);
  for (let from = 0; from < line.length; from += PIECE_UNITS - OVERLAP_UNITS) {
    const verdict = detector.read(line.slice(from, from + PIECE_UNITS));
    if (verdict.secret) return verdict;
    if (yielder.isDue) await yielder.yield();
  }
  return { secret: false, valueBefore: false };
}

/** Removes `value: …` of the same entry above the line at `start`, which names a credential. */
function removeValueAbove(text: string, start: number, redacted: RedactedText): void {
  let lineStart = start;
  let isFirst = /^\s*-\s/.test(lineAt(text, start));
  for (let lines = 0; lines < MAX_LINES_BACK && lineStart > 0 && !isFirst; lines++) {
    const end = lineStart - 1;
    lineStart = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(lineStart, Math.min(end, lineStart + PIECE_UNITS));
    const value =
      /^\s*(?:-\s+)?(?:<value>|["']?value["']?\s{0,10}[:=])\s{0,10}["']?(.*?)["']?,?(?:<\/value>)?\s*$/i.exec(
        line,
      );
    if (value !== null) {
      if (isSecretLiteral(value[1])) redacted.remove(lineStart, end);
      return;
    }
    isFirst = /^\s*(?:-\s|[{[(]\s*$|$)/.test(line);
  }
}
