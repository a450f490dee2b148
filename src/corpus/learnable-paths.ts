import { Yielder } from '../common/yielder.ts';
import { resolveRoots } from './files/roots.ts';
import { findFiles } from './files/walk.ts';
import type { CorpusOptions } from './read-corpus.ts';

/**
 * The files that names, settings and ignore rules let through, as `readCorpus` would find them now, without opening
 * any: what it leaves out for its content is among them.
 * @returns absolute paths
 * @throws UserFacingError when a root cannot be read at all
 */
export async function learnablePaths(options: CorpusOptions): Promise<ReadonlySet<string>> {
  const ignoreMissing = (): void => undefined;
  const roots = await resolveRoots(options.roots, options.skipMissingRoots ? ignoreMissing : undefined);
  const { files } = await findFiles(roots, options, new Yielder(undefined), () => undefined);
  return new Set(files.map(({ path }) => path));
}
