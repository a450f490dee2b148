import path from 'node:path';
import type { SourceFile } from '../../src/corpus/index.ts';
import { RandomGenerator } from '../../src/model/index.ts';
import { readFiles } from '../typing/code-base.ts';
import { applyEdit, editsBetween, type Edit } from './changes.ts';

/** A file as it was, and what is typed into it. */
export interface Job {
  /** Where the file is in the version before, whether it was there or not. */
  readonly path: string;
  readonly text: string;
  readonly edits: readonly Edit[];
}

export interface Versions {
  /** The version before. */
  readonly training: readonly SourceFile[];
  /** Files that are in both, and differ. */
  readonly changed: readonly Job[];
  /** Files that are new, typed from the top. */
  readonly new: readonly Job[];
}

/** UTF-16 units: shorter files say little, a long one would outweigh the others or take long to compare. */
const MIN_LENGTH = 1500;
const MAX_CHANGED_LENGTH = 200_000;
const MAX_NEW_LENGTH = 40_000;
/** A file of which more than this part is typed was written anew. */
const MAX_TYPED = 0.6;

/** How much of two versions is used. */
export interface Draw {
  /** Characters that are typed of each kind of files. */
  readonly characters: number;
  readonly seed: number;
  /** Characters of the version before that are learnt; left out: all. */
  readonly known: number | undefined;
}

/**
 * Reads two versions of a project as the product reads them, and draws files by `seed` until `characters` are typed
 * in changed files, and as many in new ones.
 */
export async function readVersions(
  before: string,
  after: string,
  extensions: readonly string[],
  draw: Draw,
): Promise<Versions> {
  const { known } = draw;
  const training = await readFiles([before], extensions);
  const next = textsByName(after, await readFiles([after], extensions));
  const old = textsByName(before, training);
  const jobOf = (name: string): Job => {
    const text = old.get(name) ?? '';
    return { path: path.resolve(before, name), text, edits: checkedEdits(name, text, next.get(name)!) };
  };
  const names = [...next.keys()].sort();
  const isChanged = (name: string) =>
    old.has(name) &&
    old.get(name) !== next.get(name) &&
    isWithin(old.get(name)!, MIN_LENGTH, MAX_CHANGED_LENGTH);
  const isNew = (name: string) => !old.has(name) && isWithin(next.get(name)!, MIN_LENGTH, MAX_NEW_LENGTH);
  const changed = drawn(names.filter(isChanged), draw, (name) => {
    const job = jobOf(name);
    const typed = typedIn(job);
    return typed > 0 && typed <= MAX_TYPED * next.get(name)!.length ? job : undefined;
  });
  return {
    training: known === undefined ? training : cut(training, changed, { ...draw, known }),
    changed,
    new: drawn(names.filter(isNew), draw, jobOf),
  };
}

/** Files of up to `known` characters in all, drawn by `seed`; changed files are known by being open. */
function cut(
  files: readonly SourceFile[],
  changed: readonly Job[],
  { known, seed }: { readonly known: number; readonly seed: number },
): SourceFile[] {
  const open = new Set(changed.map((job) => job.path));
  let left = known;
  return shuffled(
    files.filter((file) => !open.has(file.path)),
    seed,
  ).filter(({ characters }) => {
    if (characters > left) return false;
    left -= characters;
    return true;
  });
}

/** UTF-16 units that are typed. */
export function typedIn({ edits }: Job): number {
  return edits.reduce((sum, { inserted }) => sum + inserted.length, 0);
}

function textsByName(root: string, files: readonly SourceFile[]): Map<string, string> {
  return new Map(files.map((file) => [path.relative(path.resolve(root), file.path), file.text]));
}

function isWithin({ length }: string, min: number, max: number): boolean {
  return length >= min && length <= max;
}

function checkedEdits(name: string, before: string, after: string): Edit[] {
  const edits = editsBetween(before, after);
  if (edits.reduce(applyEdit, before) !== after)
    throw new Error(`the edits of ${name} do not make its next version`);
  return edits;
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = new RandomGenerator(seed);
  const ranked = items.map((item) => ({ item, rank: random.nextUniform() }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

function drawn(
  names: readonly string[],
  { characters, seed }: Draw,
  jobOf: (name: string) => Job | undefined,
): Job[] {
  const jobs: Job[] = [];
  let typed = 0;
  for (const name of shuffled(names, seed)) {
    if (typed >= characters) break;
    const job = jobOf(name);
    if (!job) continue;
    jobs.push(job);
    typed += typedIn(job);
  }
  return jobs;
}
