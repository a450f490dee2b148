import { CELL_STEPS } from './cell-steps.ts';
import type { Command, ThreadResult } from '../command-block.ts';
import { inputOf } from './forward.ts';
import { tableBackward } from './input-table.ts';
import { parameter, shardOf } from './workspace.ts';
import type { Workspace } from './workspace.ts';
import { outerProductSums } from '../layout/kernel-constants.ts';
import { CHUNK_ROWS } from '../layout/memory-plan.ts';
import { logitBiasBackward } from './logit-bias.ts';
import { outputLayers } from './output-layers.ts';
import type { OutputLayer } from './output-layers.ts';

/**
 * Runs back-propagation after `forward` of the same window. Writes this thread's part of the gradient of the whole
 * batch's mean losses to the shard's gradients. Truncated: no gradient flows into the state before the window.
 * @returns the sums of the losses of this thread's counted targets, in nats.
 */
export function backward(workspace: Workspace, command: Command): Pick<ThreadResult, 'loss' | 'jointLoss'> {
  const { plan, arena } = workspace;
  const { length, counted, biasEntries } = command;
  const { gradients, layers, batchSize } = shardOf(workspace);
  arena.kernels.clear(gradients, plan.parameters.floats);
  const [loss, jointLoss = 0] = outputLayers(workspace, biasEntries > 0).map((layer, index) =>
    outputLayerBackward(workspace, layer, length * batchSize, counted, index > 0),
  );
  logitBiasBackward(workspace, length, biasEntries);
  for (let layer = layers.length - 1; layer >= 0; layer--) layerBackward(workspace, layer, command);
  return { loss, jointLoss };
}

/**
 * Computes the gradients of an output layer and of the last layer's outputs.
 * @param accumulate whether to add to the outputs' gradients that are there already.
 * @returns the sum of the losses.
 */
function outputLayerBackward(
  workspace: Workspace,
  { name, packed, logits, lossWeight }: OutputLayer,
  rows: number,
  counted: number,
  accumulate: boolean,
): number {
  const { specification, plan, arena } = workspace;
  const { kernels } = arena;
  const { units, symbols, zeros } = plan;
  const { targets, gradients, sums, scratch, dOutput } = shardOf(workspace);
  const scale = counted === 0 ? 0 : lossWeight / counted;
  const top = inputOf(workspace, specification.layers, false);
  const dBias = parameter(plan, gradients, `${name}.bias`);
  let loss = 0;
  kernels.clear(sums, outerProductSums(symbols, units));
  for (let row = 0; row < rows; row += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, rows - row);
    const dLogits = logits + 4 * row * symbols;
    const at = 4 * row * units;
    const dRows = dOutput + at;
    const [start, stride] = accumulate ? [dRows, units] : [zeros, 0];
    loss += kernels.crossEntropyAndGradient(dLogits, targets + 4 * row, count, symbols, scale);
    kernels.addOuterProducts(dLogits, symbols, symbols, top + at, 0, units, units, count, sums, scratch);
    kernels.addColumnSums(dLogits, dBias, count, symbols);
    kernels.product(dLogits, symbols, packed.backward, start, stride, dRows, units, count, units, symbols);
  }
  kernels.storeOuterProducts(sums, parameter(plan, gradients, `${name}.weight`), 0, symbols, units);
  return loss;
}

/** Computes the gradients of a layer's parameters and of the outputs of the layer below, from those of its outputs. */
function layerBackward(workspace: Workspace, layer: number, { length, dropout, tableRows }: Command): void {
  const { specification, plan, arena } = workspace;
  const { kernels } = arena;
  const { units, width } = plan;
  const shard = shardOf(workspace);
  const { batchSize, dTable, gradients, sums } = shard;
  const step = CELL_STEPS[specification.cell].backward;
  const chunk = Math.max(1, Math.floor(CHUNK_ROWS / batchSize));
  kernels.clear(shard.dCell, batchSize * units);
  kernels.clear(shard.dRecurrent, batchSize * units);
  kernels.clear(sums, (layer > 0 ? 2 : 1) * outerProductSums(width, units));
  if (layer === 0) kernels.clear(dTable, tableRows * width);
  for (let end = length; end > 0; end -= chunk) {
    const first = Math.max(0, end - chunk);
    for (let t = end - 1; t >= first; t--) {
      const at = 4 * (t - first) * batchSize * width;
      step(workspace, { layer, t, sums: shard.gateSums + at, stateSums: shard.stateSums + at });
    }
    chunkGradients(workspace, layer, first * batchSize, (end - first) * batchSize, dropout);
  }
  const dWeight = parameter(plan, gradients, `rnn.weight_hh_l${layer}`);
  const dInputWeight = layer > 0 ? parameter(plan, gradients, `rnn.weight_ih_l${layer}`) : 0;
  kernels.storeOuterProducts(sums, dWeight, dInputWeight, width, units);
  const dBias = parameter(plan, gradients, `rnn.bias_ih_l${layer}`);
  if (layer === 0) tableBackward(workspace, tableRows);
  if (!plan.addsUp) return;
  kernels.copy(dBias, parameter(plan, gradients, `rnn.bias_hh_l${layer}`), width);
}

/**
 * Adds the contribution of the rows whose gate-sum gradients are in `gateSums` and `stateSums` to the gradients of the
 * parameters, and writes the gradients of the layer below for these rows.
 */
function chunkGradients(
  workspace: Workspace,
  layer: number,
  first: number,
  rows: number,
  dropout: boolean,
): void {
  const { plan, arena } = workspace;
  const { kernels } = arena;
  const { units, width, zeros } = plan;
  const {
    gradients,
    inputs,
    gateSums: dSums,
    stateSums,
    sums,
    scratch,
    dOutput,
    dTable,
    layers,
  } = shardOf(workspace);
  const at = 4 * first * units;
  const h = layers[layer].outputs + at;
  const { input } = plan.layers[layer];
  const below = layer > 0 ? inputOf(workspace, layer, dropout) + at : 0;
  if (plan.addsUp) {
    kernels.addOuterProducts(dSums, width, width, h, below, units, units, rows, sums, scratch);
  } else {
    kernels.addOuterProducts(stateSums, width, width, h, 0, units, units, rows, sums, scratch);
    kernels.addColumnSums(stateSums, parameter(plan, gradients, `rnn.bias_hh_l${layer}`), rows, width);
    const ofInputs = sums + 4 * outerProductSums(width, units);
    if (layer > 0) {
      kernels.addOuterProducts(dSums, width, width, below, 0, units, units, rows, ofInputs, scratch);
    }
  }
  if (layer === 0 || input === null) {
    kernels.scatterAddRows(dSums, inputs + 4 * first, dTable, rows, width);
    return;
  }
  kernels.addColumnSums(dSums, parameter(plan, gradients, `rnn.bias_ih_l${layer}`), rows, width);
  const dBelow = dOutput + at;
  kernels.product(dSums, width, input.backward, zeros, 0, dBelow, units, rows, units, width);
  const masked = layers[layer].dropout;
  if (dropout && masked) kernels.multiply(dBelow, masked.mask + at, dBelow, rows * units);
}
