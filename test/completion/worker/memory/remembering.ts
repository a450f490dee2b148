import {
  type RememberedWorkspace,
  withMemoryFile,
} from '../../../../src/completion/worker/memory/memory-file.ts';
import { type ContextModel, createContextModel } from '../../../../src/context-model/index.ts';
import type { CorpusOptions } from '../../../../src/corpus/index.ts';

/** A line that nothing else has. */
export const remembered = 'remember(elephant, giraffe);\n';
export const options: CorpusOptions = { roots: ['/w'], include: [], exclude: [], maxCharacters: 1e6 };

/** A model that knows files by their names. */
export async function modelOf(files: Readonly<Record<string, string>>): Promise<ContextModel> {
  const model = await createContextModel();
  for (const [name, text] of Object.entries(files)) model.learnFileNow(name, text);
  return model;
}

/** What a model expects at the end of a new document, most probable first. */
export function expectedAfter(model: ContextModel, typed: string): string {
  const document = model.openDocument(undefined, typed);
  const { codePoints, count } = document.reader().predict();
  const symbols = String.fromCodePoint(...codePoints.subarray(0, count));
  document.dispose();
  return symbols;
}

/** What a file of a remembered workspace holds, as a whole; undefined where there is none. */
export function readMemoryFile(
  file: string,
  fingerprint: Buffer,
): Promise<(Omit<RememberedWorkspace, 'shards'> & { readonly shards: readonly Uint8Array[] }) | undefined> {
  return withMemoryFile(file, fingerprint, async (remembered) => {
    const shards: Uint8Array[] = [];
    for await (const shard of remembered.shards) shards.push(Uint8Array.from(shard));
    return { ...remembered, shards };
  });
}
