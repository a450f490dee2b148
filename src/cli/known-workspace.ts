import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { syntaxOfPath, type RatingSources } from '../completion/index.ts';
import { createContextModel } from '../context-model/index.ts';
import { readCorpus } from '../corpus/index.ts';
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
  const files = paths.length === 0 ? [] : (await readCorpus(corpusOptions(paths), { signal })).files;
  const others = new Set(await Promise.all(leftOut.map(canonical)));
  const contextModel = await createContextModel(files.reduce((sum, { text }) => sum + text.length, 0));
  const words = new WorkspaceWords();
  for (const { path, text } of files) {
    if (others.has(await canonical(path))) continue;
    contextModel.learnFileNow(path, text);
    words.learn(path, text, syntaxOfPath(path));
  }
  return { contextModel, words };
}

/** The same for every name of a file. */
async function canonical(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return resolve(path);
  }
}
