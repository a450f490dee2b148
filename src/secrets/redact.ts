import { CredentialHints } from './prefilter/hints.ts';
import { CredentialLines } from './detector/line-detector.ts';
import { credentialNames } from './rules/names.ts';
import { KeyBlocks } from './key-blocks.ts';
import type { Yielder } from '../common/yielder.ts';
import { secretManifests } from './manifests.ts';
import { textKind } from './text-kind.ts';

/** Lines of a text, counted from 1, both inclusive. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Longer lines are looked at in overlapping pieces, so that a piece takes a few milliseconds at most. */
const PIECE = 4 * 1024;
const OVERLAP = 512;
/** Lines between two looks at the clock. */
const LINES_BETWEEN_LOOKS = 32;

/**
 * `text` without the lines that look like credentials, and which lines those are. Looks for keys in PEM form,
 * for credentials of known forms, and for values given to names that speak of credentials, also where the value
 * follows on later lines. Time is linear in the text.
 * @param path tells by its extension how values are written.
 */
export async function removeCredentials(
  text: string,
  path: string,
  yielder: Yielder,
): Promise<{ readonly text: string; readonly removed: readonly LineRange[] }> {
  if (isTableOfCredentials(text, path))
    return { text: '', removed: [{ first: 1, last: text.split('\n').length }] };
  const kind = textKind(path);
  const lines = new CredentialLines(kind);
  const hints = new CredentialHints(text, kind);
  const blocks = new KeyBlocks(text);
  const manifests = secretManifests(text);
  const numbers = new LineNumbers(text);
  const removed: { first: number; last: number }[] = [];
  const kept: string[] = [];
  let keptFrom = 0;
  for (let start = 0, looked = 0; start < text.length;) {
    if (++looked % LINES_BETWEEN_LOOKS === 0 && yielder.isDue) await yielder.yield();
    if (!lines.isWaiting && manifests.size === 0) {
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
    const next = lineFeed === -1 ? text.length : lineFeed + 1;
    const inBlock =
      blocks.includes(start, end) || (manifests.size > 0 && manifests.has(numbers.at(start) - 1));
    if (inBlock || (await holdsCredential(text, start, end, lines, yielder))) {
      kept.push(text.slice(keptFrom, start));
      keptFrom = next;
      const number = numbers.at(start);
      const previous = removed.at(-1);
      if (previous?.last === number - 1) previous.last = number;
      else removed.push({ first: number, last: number });
    }
    start = next;
  }
  if (removed.length === 0) return { text, removed };
  kept.push(text.slice(keptFrom));
  return { text: kept.join(''), removed };
}

/** Tables name their columns in the first line. */
function isTableOfCredentials(text: string, path: string): boolean {
  if (!/\.(?:csv|tsv)$/i.test(path)) return false;
  const header = text.slice(0, Math.min(PIECE, text.indexOf('\n') >>> 0));
  return [...credentialNames(header)].some(({ descriptive }) => !descriptive);
}

async function holdsCredential(
  text: string,
  start: number,
  end: number,
  lines: CredentialLines,
  yielder: Yielder,
): Promise<boolean> {
  if (end - start <= PIECE) return lines.holdsCredential(text.slice(start, end));
  for (let from = start; from < end; from += PIECE - OVERLAP) {
    if (lines.holdsCredential(text.slice(from, Math.min(from + PIECE, end)))) return true;
    if (yielder.isDue) await yielder.yield();
  }
  return false;
}

/** Numbers of lines, from 1, asked for in rising order. */
class LineNumbers {
  private readonly text: string;
  private position = 0;
  private number = 1;

  constructor(text: string) {
    this.text = text;
  }

  /** Of the line that begins at `start`. */
  at(start: number): number {
    for (let lineFeed = this.text.indexOf('\n', this.position); lineFeed !== -1 && lineFeed < start;) {
      this.number++;
      this.position = lineFeed + 1;
      lineFeed = this.text.indexOf('\n', this.position);
    }
    return this.number;
  }
}
