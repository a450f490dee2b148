import type { Shared } from './model-context.ts';
import { countText, place } from './wasm/wasm-text.ts';
import type { Work } from './job-queue.ts';

/** Symbols read in one go: some 3 ms. */
const PIECE = 256;

/** Has the mixer that documents start with learn along a text of the workspace, which is unlearnt for the time. */
export function* readAsNew({ kernels, alphabet, workspace, mixer }: Shared, learnt: string): Work {
  const symbols = alphabet.encode(learnt);
  yield* countText(kernels, workspace, symbols, 'unlearn');
  const text = place(kernels, symbols);
  const document = kernels.createTable(0, 0);
  for (let from = 0; from < symbols.length; from += PIECE) {
    const to = Math.min(from + PIECE, symbols.length);
    kernels.readAlong(mixer, workspace, document, text, from, to, 0, 0);
    yield;
  }
  kernels.disposeTable(document);
  kernels.release(text);
  yield* countText(kernels, workspace, symbols, 'learn');
}
