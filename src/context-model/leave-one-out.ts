import type { Priors } from './context-model.ts';
import type { ModelContext } from './model-context.ts';
import { createDocumentTable } from './tables.ts';
import { PriorBuffer } from './wasm/prior-buffer.ts';
import { copyToWasm } from './wasm/wasm-text.ts';

/** Positions in a piece. */
const PIECE = 4_096;

/**
 * Priors along a text from the workspace's counts as they are, and from a document's table and mixing weights that
 * begin knowing nothing of the text and learn it symbol by symbol.
 * @param symbols of the text
 * @returns the priors of its positions in order, in pieces of at most PIECE
 */
export function* priorsAlong(context: ModelContext, symbols: Uint16Array): Generator<Priors, void, void> {
  const { kernels, workspace } = context;
  const text = copyToWasm(kernels, symbols);
  const table = createDocumentTable(kernels);
  const mixer = kernels.copyMixer(context.mixer);
  const priors = new PriorBuffer(kernels, PIECE);
  try {
    for (let from = 0; from < symbols.length; from += PIECE) {
      const to = Math.min(from + PIECE, symbols.length);
      kernels.readAlong(mixer, workspace, table, text, from, to, priors.codePoints, priors.deltas);
      yield priors.read(to - from);
    }
  } finally {
    priors.dispose();
    kernels.disposeTable(table);
    kernels.disposeMixer(mixer);
    kernels.release(text);
  }
}
