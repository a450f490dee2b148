import { resolve } from 'node:path';
import { syntaxOfPath, type RatingSources } from '../completion/index.ts';
import { createContextModel } from '../context-model/index.ts';
import { KnownNames, readCorpus } from '../corpus/index.ts';
import { WorkspaceWords } from '../surprise/index.ts';
import { corpusOptions } from './options/corpus-options.ts';

/**
 * What the files in `paths` show of a code base; nothing where there is no path.
 * @param leftOut files that are not to be known
 */
export async function knownWorkspace(
  paths: readonly string[],
  leftOut: readonly string[],
  signal: AbortSignal,
): Promise<Pick<RatingSources, 'contextModel' | 'words'>> {
  const options = corpusOptions(paths);
  const files = paths.length === 0 ? [] : (await readCorpus(options, { signal })).files;
  const names = new KnownNames(options.roots);
  const others = new Set(leftOut.map((path) => names.nameOf(resolve(path))));
  const contextModel = await createContextModel(files.reduce((sum, { text }) => sum + text.length, 0));
  const words = new WorkspaceWords();
  for (const { path, text } of files) {
    if (others.has(path)) continue;
    contextModel.learnFileNow(path, text);
    words.learn(path, text, syntaxOfPath(path));
  }
  return { contextModel, words };
}
