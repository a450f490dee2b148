import { diffArrays } from 'diff';

/** One place of a text where something was removed and something else typed. Offsets are UTF-16 units. */
export interface Edit {
  /** In the text that the edits before have left. */
  readonly offset: number;
  readonly removed: number;
  readonly inserted: string;
}

/** Lines of which more than this part is the same are one line that was changed. */
const MIN_SIMILARITY = 0.5;
/** Most pairs of lines that are compared with each other in one hunk. */
const MAX_PAIRS = 2500;

/** What makes `after` of `before`, top to bottom; changed lines are refined to their tokens where they are similar. */
export function editsBetween(before: string, after: string): Edit[] {
  const edits: Edit[] = [];
  let offset = 0;
  let removed: string[] = [];
  let added: string[] = [];
  const endHunk = () => {
    for (const [old, next] of pairLines(removed, added)) {
      edits.push(...editsOfHunk(old, next, offset));
      offset += next.join('').length;
    }
    removed = [];
    added = [];
  };
  for (const part of diffArrays(linesOf(before), linesOf(after))) {
    if (part.removed) removed = part.value;
    else if (part.added) added = part.value;
    else {
      endHunk();
      offset += part.value.join('').length;
    }
  }
  endHunk();
  return edits.filter((edit) => edit.removed > 0 || edit.inserted !== '');
}

/** The text behind an edit. */
export function applyEdit(text: string, { offset, removed, inserted }: Edit): string {
  return text.slice(0, offset) + inserted + text.slice(offset + removed);
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/).filter((line) => line !== '');
}

type Hunk = readonly [old: readonly string[], next: readonly string[]];

/** A hunk in parts: each similar pair of lines for itself, in order, and what is between them. */
function pairLines(old: readonly string[], next: readonly string[]): Hunk[] {
  const parts: Hunk[] = [];
  let [i, j] = [0, 0];
  for (const [oldIndex, nextIndex] of similarPairs(old, next)) {
    parts.push([old.slice(i, oldIndex), next.slice(j, nextIndex)]);
    parts.push([[old[oldIndex]], [next[nextIndex]]]);
    [i, j] = [oldIndex + 1, nextIndex + 1];
  }
  parts.push([old.slice(i), next.slice(j)]);
  return parts.filter(([a, b]) => a.length + b.length > 0);
}

/** The pairs of similar lines, in the order of both, that have the most in common (dynamic programming). */
function similarPairs(old: readonly string[], next: readonly string[]): [number, number][] {
  if (old.length * next.length > MAX_PAIRS) return [];
  const likeness = old.map((a) => next.map((b) => similarity(a, b)));
  const best = Array.from({ length: old.length + 1 }, () => new Float64Array(next.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      const paired = likeness[i][j] > MIN_SIMILARITY ? likeness[i][j] + best[i + 1][j + 1] : 0;
      best[i][j] = Math.max(paired, best[i + 1][j], best[i][j + 1]);
    }
  }
  const pairs: [number, number][] = [];
  for (let [i, j] = [0, 0]; i < old.length && j < next.length;) {
    if (best[i][j] === best[i + 1][j]) i++;
    else if (best[i][j] === best[i][j + 1]) j++;
    else pairs.push([i++, j++]);
  }
  return pairs;
}

/** Twice the characters of common tokens over the characters of both: 0 to 1. */
function similarity(a: string, b: string): number {
  let common = 0;
  for (const part of diffArrays(tokensOf(a), tokensOf(b))) {
    if (!part.added && !part.removed) common += part.value.join('').length;
  }
  return (2 * common) / (a.length + b.length);
}

function tokensOf(line: string): string[] {
  return line.match(/[\p{L}\p{N}_]+|\s+|./gsu) ?? [];
}

function editsOfHunk(old: readonly string[], next: readonly string[], offset: number): Edit[] {
  if (old.length === 1 && next.length === 1 && similarity(old[0], next[0]) > MIN_SIMILARITY) {
    return editsOfLine(old[0], next[0], offset);
  }
  const inserted = next.join('');
  // A person opens a new line at the end of the one above.
  if (old.length === 0 && offset > 0 && inserted.endsWith('\n')) {
    return [{ offset: offset - 1, removed: 0, inserted: `\n${inserted.slice(0, -1)}` }];
  }
  return [smallestEdit(old.join(''), inserted, offset)];
}

function editsOfLine(old: string, next: string, offset: number): Edit[] {
  const edits: Edit[] = [];
  let removed = '';
  let added = '';
  const endHunk = () => {
    edits.push(smallestEdit(removed, added, offset));
    offset += added.length;
    removed = '';
    added = '';
  };
  for (const part of diffArrays(tokensOf(old), tokensOf(next))) {
    const text = part.value.join('');
    if (part.removed) removed = text;
    else if (part.added) added = text;
    else {
      endHunk();
      offset += text.length;
    }
  }
  endHunk();
  return edits;
}

/** What the texts have in common at their beginning and end stays; code points stay whole. */
function smallestEdit(old: string, next: string, offset: number): Edit {
  const [a, b] = [[...old], [...next]];
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return {
    offset: offset + a.slice(0, start).join('').length,
    removed: a.slice(start, a.length - end).join('').length,
    inserted: b.slice(start, b.length - end).join(''),
  };
}
