import { idsByCodePoint } from '../../../corpus/index.ts';
import type { SourceFile, Vocabulary } from '../../../corpus/index.ts';
import { createContextModel } from '../../../context-model/index.ts';
import { Yielder } from '../../../common/yielder.ts';
import { joined, packPiece, type PackedPriors } from './sparse-priors.ts';

/**
 * What a memory that knows nothing at first expects along each file as it adapts to it: what is left of a memory
 * where there is no workspace beside a model file. Lets others work between its pieces; throws the signal's reason
 * when aborted.
 */
export async function priorsWithoutWorkspace(
  files: readonly SourceFile[],
  vocabulary: Vocabulary,
  signal?: AbortSignal,
): Promise<PackedPriors[]> {
  const memory = await createContextModel();
  const yielder = new Yielder(signal);
  try {
    const ids = idsByCodePoint(vocabulary.symbols);
    const priors: PackedPriors[] = [];
    for (const { path, text } of files) {
      const pieces: PackedPriors[] = [];
      for (const piece of memory.leaveOneOut(path, text)) {
        pieces.push(packPiece(piece, ids));
        await yielder.yield();
      }
      priors.push(joined(pieces));
    }
    return priors;
  } finally {
    memory.dispose();
  }
}
