import { FNV_OFFSET, fnvStep } from '../common/fnv.ts';
import type { Yielder } from '../common/yielder.ts';
import type { SourceFile } from './source-file.ts';

/** Shorter lines, such as brackets, are in files that have nothing to do with each other. */
const MIN_LINE_CHARACTERS = 8;
/** Lines that are in more of the files than this are in files that have nothing to do with each other, too. */
const MAX_FILES_PER_LINE = 8;
/** Files with fewer lines that tell them apart are copies only if they are the same. */
const MIN_LINES = 5;
/** Share of the lines of the shorter of two files that the other one has, too, where one is a copy. */
const MIN_SHARE = 0.8;
/** Equal files that are shorter, in UTF-16 units, are equal by chance. */
const MIN_EQUAL_LENGTH = 100;

const LINE_FEED = 0x0a;
const OTHER_PRIME = 0x5bd1e995;

/** What two texts are compared by. Spaces are no part of it. */
interface Fingerprint {
  /** Hash of the whole text. */
  readonly text: number;
  /** Hashes of its lines that are long enough, each once. */
  readonly lines: ReadonlySet<number>;
}

/** Knows copies of some files, whatever their spaces, and with a fifth of their lines changed. */
export class CopyDetector {
  /** Indices of the originals that have a line, by its hash. */
  private readonly originalsByLine = new Map<number, number[]>();
  /** How many lines each original has that few others have. */
  private readonly lineCounts: number[] = [];
  /** Hashes of the originals' texts. */
  private readonly texts = new Set<number>();

  private constructor() {}

  static async of(originals: readonly SourceFile[], yielder: Yielder): Promise<CopyDetector> {
    const detector = new CopyDetector();
    const linesOf: ReadonlySet<number>[] = [];
    for (const [original, { text }] of originals.entries()) {
      if (yielder.isDue) await yielder.yield();
      const fingerprint = fingerprintOf(text);
      linesOf.push(fingerprint.lines);
      detector.texts.add(fingerprint.text);
      for (const line of fingerprint.lines) {
        const found = detector.originalsByLine.get(line);
        if (found) found.push(original);
        else detector.originalsByLine.set(line, [original]);
      }
    }
    for (const lines of linesOf) {
      if (yielder.isDue) await yielder.yield();
      let count = 0;
      for (const line of lines) if (detector.originalsOf(line) !== undefined) count++;
      detector.lineCounts.push(count);
    }
    return detector;
  }

  /** Whether a file is one of the originals, holds most of one, or is mostly a part of one. */
  isCopy({ text }: SourceFile): boolean {
    const fingerprint = fingerprintOf(text);
    if (text.length >= MIN_EQUAL_LENGTH && this.texts.has(fingerprint.text)) return true;
    const shared = new Map<number, number>();
    let lines = 0;
    for (const line of fingerprint.lines) {
      const originals = this.originalsOf(line);
      if (originals === undefined) continue;
      lines++;
      for (const original of originals) shared.set(original, (shared.get(original) ?? 0) + 1);
    }
    return [...shared].some(([original, count]) => {
      const shorter = Math.min(lines, this.lineCounts[original]);
      return count >= MIN_LINES && count >= MIN_SHARE * shorter;
    });
  }

  /** The originals that have a line; undefined where they are too many to say anything. */
  private originalsOf(line: number): readonly number[] | undefined {
    const originals = this.originalsByLine.get(line) ?? [];
    return originals.length <= MAX_FILES_PER_LINE ? originals : undefined;
  }
}

/** The first of each set of files that are equal but for spaces. */
export async function withoutEqualFiles(
  files: readonly SourceFile[],
  yielder: Yielder,
): Promise<readonly SourceFile[]> {
  const seen = new Set<number>();
  const kept: SourceFile[] = [];
  for (const file of files) {
    if (yielder.isDue) await yielder.yield();
    if (file.text.length >= MIN_EQUAL_LENGTH) {
      const hash = fingerprintOf(file.text).text;
      if (seen.has(hash)) continue;
      seen.add(hash);
    }
    kept.push(file);
  }
  return kept;
}

function fingerprintOf(text: string): Fingerprint {
  const whole = new LineHash();
  const line = new LineHash();
  const lines = new Set<number>();
  for (let i = 0; i <= text.length; i++) {
    const unit = i < text.length ? text.charCodeAt(i) : LINE_FEED;
    if (unit === LINE_FEED) {
      if (line.length >= MIN_LINE_CHARACTERS) lines.add(line.value);
      line.clear();
    } else if (!isSpace(unit)) {
      line.add(unit);
      whole.add(unit);
    }
  }
  return { text: whole.value, lines };
}

/**
 * A hash of 53 bits, so that two of a hundred million different lines have the same by a chance of less than one half:
 * two of 32 bits each (FNV-1a, and the same with another prime).
 */
class LineHash {
  length = 0;
  private first = FNV_OFFSET;
  private second = FNV_OFFSET;

  add(unit: number): void {
    this.length++;
    this.first = fnvStep(this.first, unit);
    this.second = Math.imul(this.second ^ unit, OTHER_PRIME);
  }

  get value(): number {
    return (this.first >>> 0) * 2 ** 21 + (this.second >>> 11);
  }

  clear(): void {
    this.length = 0;
    this.first = FNV_OFFSET;
    this.second = FNV_OFFSET;
  }
}

/** As `\s` in regular expressions. */
function isSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  return unit === 0xa0 || (unit >= 0x1680 && /\s/.test(String.fromCharCode(unit)));
}
