import { stateNames } from '../../../model/index.ts';
import { CELL_STEPS } from './cell-steps.ts';
import { CHUNK_ROWS } from '../layout/memory-plan.ts';
import { outputLayers } from './output-layers.ts';
import { parameter, shardOf } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** Rows of gate sums that are computed ahead of the steps that use them; `gateSums` has room for twice as many. */
const ROWS_AHEAD = CHUNK_ROWS / 2;

/** Byte offset of the input [T·b, Hp] of a layer other than the first. */
export function inputOf(workspace: Workspace, layer: number, dropout: boolean): number {
  const shard = shardOf(workspace);
  const masked = shard.layers.at(layer)?.dropout;
  if (dropout && masked) return masked.input;
  return shard.layers[layer - 1].outputs + 4 * shard.batchSize * workspace.plan.units;
}

/**
 * Computes the logits [T·b, Vp] of this thread's streams from the window's inputs and the carried state, by each output
 * layer and without the logit bias, and carries the state. All threads must have run `prepare` before.
 * @param length T of this window.
 * @param dropout whether the masks apply.
 * @param joint whether to compute the joint output layer, too.
 */
export function forward(workspace: Workspace, length: number, dropout: boolean, joint: boolean): void {
  const { specification, plan, arena } = workspace;
  const { kernels } = arena;
  const { units, symbols } = plan;
  const shard = shardOf(workspace);
  const { batchSize } = shard;
  const { width } = plan;
  const step = CELL_STEPS[specification.cell].forward;
  const hasCells = stateNames(specification.cell).includes('c');
  const rows = length * batchSize;
  const stepFloats = batchSize * units;
  const stepBytes = 4 * stepFloats;
  const ahead = Math.max(1, Math.floor(ROWS_AHEAD / batchSize));
  shard.layers.forEach(({ cells, outputs, dropout: masked }, layer) => {
    const { input, bias } = plan.layers[layer];
    const carriedOutput = shard.carriedOutputs + layer * stepBytes;
    const carriedCell = shard.carriedCells + layer * stepBytes;
    kernels.copy(carriedOutput, outputs, stepFloats);
    if (hasCells) kernels.copy(carriedCell, cells, stepFloats);
    const below = layer > 0 ? inputOf(workspace, layer, dropout) : 0;
    if (layer > 0 && dropout && masked) {
      kernels.multiply(inputOf(workspace, layer, false), masked.mask, below, rows * units);
    }
    for (let t = 0; t < length; t++) {
      const sums = shard.gateSums + 4 * (t % ahead) * batchSize * width;
      if (layer === 0) {
        kernels.gatherRows(plan.table, shard.inputs + 4 * t * batchSize, sums, batchSize, width);
      } else if (input !== null && t % ahead === 0) {
        const count = Math.min(ahead, length - t) * batchSize;
        const x = below + t * stepBytes;
        kernels.product(x, units, input.forward, bias, 0, sums, width, count, width, units);
      }
      step(workspace, { layer, t, sums, stateSums: shard.stateSums });
    }
    kernels.copy(outputs + length * stepBytes, carriedOutput, stepFloats);
    if (hasCells) kernels.copy(cells + length * stepBytes, carriedCell, stepFloats);
  });
  const top = inputOf(workspace, specification.layers, false);
  for (const { name, packed, logits } of outputLayers(workspace, joint)) {
    const bias = parameter(plan, plan.weights, `${name}.bias`);
    kernels.product(top, units, packed.forward, bias, 0, logits, symbols, rows, symbols, units);
  }
}
