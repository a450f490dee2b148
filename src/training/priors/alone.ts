import type { SourceFile, Vocabulary } from '../../corpus/index.ts';
import { createMemory } from '../../memory/index.ts';
import { idsByCodePoint, pack, type PackedPriors } from './packed.ts';

/**
 * What a memory that knows nothing at first expects along each file as it adapts to it: what is left of a memory
 * where there is no workspace beside a model file.
 */
export async function priorsWithoutWorkspace(
  files: readonly SourceFile[],
  vocabulary: Vocabulary,
): Promise<PackedPriors[]> {
  const memory = await createMemory();
  try {
    const ids = idsByCodePoint(vocabulary.symbols);
    return files.map(({ path, text }) => pack(memory.outOfFold(path, text), ids));
  } finally {
    memory.dispose();
  }
}
