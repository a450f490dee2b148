import { MAX_PANEL_COLUMNS, outerProductSums } from '../layout/kernel-constants.ts';
import { threadRange } from '../layout/memory-plan.ts';
import { parameter, shardOf } from './workspace.ts';
import type { Workspace } from './workspace.ts';

// What a symbol adds to the gate sums of the first layer is a row of a table. With an embedding the table is a product,
// and a short window has only some of the symbols, so there are rows for these alone, in the order of their appearance.

/**
 * Numbers the symbols of a window by rows of the table, and collects their embeddings. The main thread calls it before
 * the command.
 * @returns the row of each input, and the number of rows.
 */
export function assignTableRows(
  { specification, plan, arena }: Workspace,
  inputs: Int32Array,
): { readonly inputRows: Int32Array; readonly tableRows: number } {
  const { vocabularySize } = specification;
  const { embedding, tableSymbols, tableVectors, weights } = plan;
  if (embedding === 0) return { inputRows: inputs, tableRows: vocabularySize };
  const rowOf = new Int32Array(vocabularySize).fill(-1);
  let tableRows = 0;
  const inputRows = inputs.map((symbol) => {
    if (rowOf[symbol] < 0) {
      arena.integers[tableSymbols / 4 + tableRows] = symbol;
      rowOf[symbol] = tableRows++;
    }
    return rowOf[symbol];
  });
  const vectors = parameter(plan, weights, 'embedding.weight');
  arena.kernels.gatherRows(vectors, tableSymbols, tableVectors, tableRows, embedding);
  return { inputRows, tableRows };
}

/** Folds layer 0's input weights, embeddings and biases into this thread's columns of the table. */
export function foldTable({ plan, arena, thread }: Workspace, tableRows: number): void {
  const { kernels } = arena;
  const { embedding, width, weights, table, tableVectors, layers, shards } = plan;
  const { input, bias } = layers[0];
  const [first, end] = threadRange(width, thread, shards.length, MAX_PANEL_COLUMNS);
  const at = 4 * first;
  if (input === null) {
    const matrix = parameter(plan, weights, 'rnn.weight_ih_l0');
    kernels.add(matrix + at, bias + at, table + at, tableRows, end - first, width);
    return;
  }
  kernels.product(
    tableVectors,
    embedding,
    input.forward + at * embedding,
    bias + at,
    0,
    table + at,
    width,
    tableRows,
    end - first,
    embedding,
  );
}

/** Computes the gradients of the embedding and of layer 0's input weights and bias from that of the table. */
export function tableBackward(workspace: Workspace, tableRows: number): void {
  const { plan, arena } = workspace;
  const { kernels } = arena;
  const { width, embedding: E, zeros, tableSymbols, tableVectors } = plan;
  const { gradients, dTable, dVectors, sums, scratch } = shardOf(workspace);
  const { input } = plan.layers[0];
  kernels.addColumnSums(dTable, parameter(plan, gradients, 'rnn.bias_ih_l0'), tableRows, width);
  if (input === null) return;
  kernels.clear(sums, outerProductSums(width, E));
  kernels.addOuterProducts(dTable, width, width, tableVectors, 0, E, E, tableRows, sums, scratch);
  kernels.storeOuterProducts(sums, parameter(plan, gradients, 'rnn.weight_ih_l0'), 0, width, E);
  kernels.product(dTable, width, input.backward, zeros, 0, dVectors, E, tableRows, E, width);
  const dEmbedding = parameter(plan, gradients, 'embedding.weight');
  kernels.scatterAddRows(dVectors, tableSymbols, dEmbedding, tableRows, E);
}
