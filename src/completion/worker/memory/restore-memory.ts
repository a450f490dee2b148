import { createHash } from 'node:crypto';
import { removeLeftovers } from '../../../common/atomic-file.ts';
import { type ContextModel, DamagedSnapshot, type SavedWorkspace } from '../../../context-model/index.ts';
import type { CorpusOptions } from '../../../corpus/index.ts';
import { type RememberedWorkspace, UnusableMemoryFile, withMemoryFile } from './memory-file.ts';

/** Where more than this part of what was remembered has to be forgotten, learning anew is as fast. */
const MAX_FORGOTTEN_PART = 0.25;

export interface RestoreContext {
  createContextModel(saved: SavedWorkspace): Promise<ContextModel>;
  /** The files that settings and ignore rules let through now. */
  learnablePaths(options: CorpusOptions): Promise<ReadonlySet<string>>;
}

/** A context model that knows what was remembered, without what may not be learnt any more. */
export interface RestoredMemory {
  readonly model: ContextModel;
  /** The learnt text of each file. */
  readonly known: ReadonlyMap<string, string>;
  readonly near: readonly string[];
  /** Whether the file holds texts that the model has had to forget. */
  readonly hasForgotten: boolean;
}

/**
 * What decides, besides the files themselves, what is remembered of them and how.
 * @param code a text that differs from one build of the worker to the next, with its rules for secrets and its kernels
 * @returns 32 bytes
 */
export function fingerprintOf(options: CorpusOptions, code: string): Buffer {
  const deciding = { ...options, near: undefined };
  return createHash('sha256')
    .update(JSON.stringify([code, deciding]))
    .digest();
}

/**
 * Restores what a worker remembered before. What settings or ignore rules leave out now, or what is gone, is forgotten
 * before this returns, so that nothing can be suggested from it; that other files have changed is not noticed.
 * @returns undefined where nothing is remembered
 * @throws UnusableMemoryFile where what is remembered is of no use, and the system's error where it cannot be read
 */
export async function restoreMemory(
  path: string,
  fingerprint: Buffer,
  options: CorpusOptions,
  context: RestoreContext,
): Promise<RestoredMemory | undefined> {
  // A window that was killed may have left an unfinished one; where there is no folder, there is nothing at all.
  await removeLeftovers(path).catch(() => undefined);
  return withMemoryFile(path, fingerprint, (saved) => restored(saved, options, context));
}

async function restored(
  saved: RememberedWorkspace,
  options: CorpusOptions,
  context: RestoreContext,
): Promise<RestoredMemory> {
  const [model, learnable] = await Promise.all([
    context.createContextModel(saved).catch((error: unknown) => {
      throw error instanceof DamagedSnapshot ? new UnusableMemoryFile('it is damaged') : error;
    }),
    context.learnablePaths(options),
  ]);
  const known = new Map(saved.files);
  const gone = [...known.keys()].filter((name) => !learnable.has(name));
  const lengthOf = (names: Iterable<string>): number =>
    [...names].reduce((sum, name) => sum + saved.files.get(name)!.length, 0);
  if (lengthOf(gone) > MAX_FORGOTTEN_PART * lengthOf(known.keys())) {
    model.dispose();
    throw new UnusableMemoryFile('too much of what it remembers is gone or left out now');
  }
  await Promise.all(gone.map((name) => model.forgetFile(name)));
  for (const name of gone) known.delete(name);
  return { model, known, near: saved.near.filter((name) => known.has(name)), hasForgotten: gone.length > 0 };
}
