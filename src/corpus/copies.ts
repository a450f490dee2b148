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

/** Knows copies of some files, whatever their spaces, and with a fifth of their lines changed. */
export class CopyDetector {
  /** Indices of the originals that have a line. */
  private readonly originalsByLine = new Map<string, number[]>();
  /** How many lines each original has that few others have. */
  private readonly lineCounts: readonly number[];
  /** The texts of the originals, without differences in spaces. */
  private readonly texts = new Set<string>();

  constructor(originals: readonly SourceFile[]) {
    const linesOf = originals.map(({ text }) => distinctLines(text));
    for (const [original, lines] of linesOf.entries()) {
      for (const line of lines) {
        const found = this.originalsByLine.get(line);
        if (found) found.push(original);
        else this.originalsByLine.set(line, [original]);
      }
      this.texts.add(withoutSpaces(originals[original].text));
    }
    this.lineCounts = linesOf.map((lines) => [...lines].filter((line) => this.isTelling(line)).length);
  }

  /** Whether a file is one of the originals, holds most of one, or is mostly a part of one. */
  isCopy({ text }: SourceFile): boolean {
    if (text.length >= MIN_EQUAL_LENGTH && this.texts.has(withoutSpaces(text))) return true;
    const shared = new Map<number, number>();
    let lines = 0;
    for (const line of distinctLines(text)) {
      if (!this.isTelling(line)) continue;
      lines++;
      for (const original of this.originalsByLine.get(line) ?? [])
        shared.set(original, (shared.get(original) ?? 0) + 1);
    }
    return [...shared].some(([original, count]) => {
      const shorter = Math.min(lines, this.lineCounts[original]);
      return count >= MIN_LINES && count >= MIN_SHARE * shorter;
    });
  }

  private isTelling(line: string): boolean {
    return (this.originalsByLine.get(line)?.length ?? 0) <= MAX_FILES_PER_LINE;
  }
}

/** The first of each set of files that are equal but for spaces. */
export function withoutEqualFiles(files: readonly SourceFile[]): readonly SourceFile[] {
  const seen = new Set<string>();
  return files.filter(({ text }) => {
    if (text.length < MIN_EQUAL_LENGTH) return true;
    const key = withoutSpaces(text);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function distinctLines(text: string): ReadonlySet<string> {
  const lines = new Set<string>();
  for (const line of text.split('\n')) {
    const trimmed = withoutSpaces(line);
    if (trimmed.length >= MIN_LINE_CHARACTERS) lines.add(trimmed);
  }
  return lines;
}

const withoutSpaces = (text: string): string => text.replaceAll(/\s+/g, '');
