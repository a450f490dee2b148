import { idsByCodePoint } from '../../../corpus/index.ts';
import type { SourceFile, Vocabulary } from '../../../corpus/index.ts';
import { createContextModel } from '../../../context-model/index.ts';
import { Yielder } from '../../../common/yielder.ts';
import { joined, packPiece, type PackedPriors } from './sparse-priors.ts';

/**
 * Computes priors along each file from an empty context model that adapts as it reads. They are used when a model is
 * evaluated without its workspace. Yields to the event loop between pieces of a text.
 * @throws the signal's reason when aborted.
 */
export async function priorsWithoutWorkspace(
  files: readonly SourceFile[],
  vocabulary: Vocabulary,
  signal?: AbortSignal,
): Promise<PackedPriors[]> {
  const model = await createContextModel();
  const yielder = new Yielder(signal);
  try {
    const ids = idsByCodePoint(vocabulary.symbols);
    const priors: PackedPriors[] = [];
    for (const { path, text } of files) {
      const pieces: PackedPriors[] = [];
      for (const piece of model.leaveOneOut(path, text)) {
        pieces.push(packPiece(piece, ids));
        await yielder.yield();
      }
      priors.push(joined(pieces));
    }
    return priors;
  } finally {
    model.dispose();
  }
}
