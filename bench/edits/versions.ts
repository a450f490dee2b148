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

/**
 * Reads two versions of a project as the product reads them, and draws files by `seed` until `characters` are typed
 * in changed files, and as many in new ones.
 */
export async function readVersions(
  before: string,
  after: string,
  extensions: readonly string[],
  { characters, seed }: { readonly characters: number; readonly seed: number },
): Promise<Versions> {
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
  return {
    training,
    changed: draw(names.filter(isChanged), { characters, seed }, (name) => {
      const job = jobOf(name);
      const typed = typedIn(job);
      return typed > 0 && typed <= MAX_TYPED * next.get(name)!.length ? job : undefined;
    }),
    new: draw(names.filter(isNew), { characters, seed }, jobOf),
  };
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

function draw(
  names: readonly string[],
  { characters, seed }: { readonly characters: number; readonly seed: number },
  jobOf: (name: string) => Job | undefined,
): Job[] {
  const random = new RandomGenerator(seed);
  const drawn = names.map((name) => ({ name, rank: random.nextUniform() })).sort((a, b) => a.rank - b.rank);
  const jobs: Job[] = [];
  let typed = 0;
  for (const { name } of drawn) {
    if (typed >= characters) break;
    const job = jobOf(name);
    if (!job) continue;
    jobs.push(job);
    typed += typedIn(job);
  }
  return jobs;
}
