import { parameter } from './workspace.ts';
import type { Workspace } from './workspace.ts';
import { MAX_PANEL_COLUMNS } from '../layout/kernel-constants.ts';
import type { Command } from '../command-block.ts';
import { foldTable } from './input-table.ts';
import { outputLayers } from './output-layers.ts';
import { threadRange } from '../layout/memory-plan.ts';
import type { PackedMatrix } from '../layout/memory-plan.ts';

/**
 * Prepares this thread's part of what all threads read of the weights: packs matrices, adds up biases, and folds the
 * input table.
 * @param backward whether to pack for the backward pass, too.
 */
export function prepare(workspace: Workspace, { biasEntries, tableRows }: Command, backward: boolean): void {
  const { plan, arena } = workspace;
  const { kernels } = arena;
  const { units, symbols, embedding, width, weights } = plan;
  plan.layers.forEach(({ recurrent, input, bias }, layer) => {
    const [first, end] = ownColumns(workspace, width);
    const at = 4 * first;
    const ofInput = parameter(plan, weights, `rnn.bias_ih_l${layer}`) + at;
    const ofRecurrent = parameter(plan, weights, `rnn.bias_hh_l${layer}`) + at;
    // In a GRU the state's sums start with their own bias.
    if (plan.addsUp) kernels.add(ofInput, ofRecurrent, bias + at, 1, end - first, width);
    else kernels.copy(ofInput, bias + at, end - first);
    pack(workspace, `rnn.weight_hh_l${layer}`, recurrent, width, units, backward);
    if (input === null) return;
    pack(workspace, `rnn.weight_ih_l${layer}`, input, width, layer > 0 ? units : embedding, backward);
  });
  for (const { name, packed } of outputLayers(workspace, biasEntries > 0)) {
    pack(workspace, `${name}.weight`, packed, symbols, units, backward);
  }
  foldTable(workspace, tableRows);
}

/** Packs this thread's part of a weight matrix [rows, columns]. */
function pack(
  workspace: Workspace,
  name: string,
  target: PackedMatrix,
  rows: number,
  columns: number,
  backward: boolean,
): void {
  const { plan, arena } = workspace;
  const matrix = parameter(plan, plan.weights, name);
  const [first, end] = ownColumns(workspace, rows);
  const skipped = 4 * first * columns;
  arena.kernels.packRows(matrix + skipped, columns, target.forward + skipped, columns, end - first);
  if (!backward) return;
  const [left, right] = ownColumns(workspace, columns);
  const panels = target.backward + 4 * left * rows;
  arena.kernels.packColumns(matrix + 4 * left, columns, panels, rows, right - left);
}

function ownColumns({ plan, thread }: Workspace, columns: number): [first: number, end: number] {
  return threadRange(columns, thread, plan.shards.length, MAX_PANEL_COLUMNS);
}
