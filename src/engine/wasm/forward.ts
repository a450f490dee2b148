import type { NetworkSpecification } from '../../model/index.ts';
import type { Arena } from './kernels.ts';
import type { NetworkPlan } from './memory-plan.ts';

/** A network's numbers: what it is, where they are, and what works on them. */
export interface Workspace {
  readonly specification: NetworkSpecification;
  readonly batchSize: number;
  readonly plan: NetworkPlan;
  readonly arena: Arena;
}

/** Byte offset of a parameter in one of the regions. */
export function parameter(plan: NetworkPlan, region: number, name: string): number {
  return region + 4 * plan.parameters.offset(name);
}

/** Byte offset of the input [T·B, Hp] of a layer above the first. */
export function inputOf(workspace: Workspace, layer: number, dropout: boolean): number {
  const { plan, batchSize } = workspace;
  const masked = plan.layers.at(layer)?.dropout;
  if (dropout && masked) return masked.input;
  return plan.layers[layer - 1].outputs + 4 * batchSize * plan.units;
}

/**
 * From the inputs of a window and the carried state to its logits [T·B, Vp]; carries the state on.
 * @param length T of this window.
 * @param dropout whether the masks count.
 */
export function forward(workspace: Workspace, length: number, dropout: boolean): void {
  const { specification, batchSize, plan, arena } = workspace;
  const { kernels } = arena;
  const { units, symbols, weights } = plan;
  const rows = length * batchSize;
  const stepBytes = 4 * batchSize * units;
  foldBiasesAndEmbedding(workspace);
  plan.layers.forEach(({ gates, cells, outputs, cellTanh, bias, dropout: masked }, layer) => {
    const carriedOutput = plan.carriedOutputs + layer * stepBytes;
    const carriedCell = plan.carriedCells + layer * stepBytes;
    copy(arena, carriedOutput, outputs, stepBytes);
    copy(arena, carriedCell, cells, stepBytes);
    if (layer > 0) {
      const input = inputOf(workspace, layer, dropout);
      if (dropout && masked) {
        kernels.multiply(inputOf(workspace, layer, false), masked.mask, input, rows * units);
      }
      const matrix = parameter(plan, weights, `rnn.weight_ih_l${layer}`);
      kernels.packRows(matrix, units, plan.panels, units, 4 * units);
      kernels.product(input, units, plan.panels, bias, 0, gates, 4 * units, rows, 4 * units, units);
    }
    const matrix = parameter(plan, weights, `rnn.weight_hh_l${layer}`);
    kernels.packRows(matrix, units, plan.panels, units, 4 * units);
    for (let t = 0; t < length; t++) {
      const at = t * stepBytes;
      const sums = gates + 4 * at;
      if (layer === 0) {
        kernels.gatherRows(plan.table, plan.inputs + 4 * t * batchSize, sums, batchSize, 4 * units);
      }
      kernels.product(
        outputs + at,
        units,
        plan.panels,
        sums,
        4 * units,
        sums,
        4 * units,
        batchSize,
        4 * units,
        units,
      );
      const next = at + stepBytes;
      kernels.lstmForward(sums, cells + at, cells + next, outputs + next, cellTanh + at, batchSize, units);
    }
    copy(arena, outputs + length * stepBytes, carriedOutput, stepBytes);
    copy(arena, cells + length * stepBytes, carriedCell, stepBytes);
  });
  const top = inputOf(workspace, specification.layers, false);
  const bias = parameter(plan, weights, 'decoder.bias');
  kernels.packRows(parameter(plan, weights, 'decoder.weight'), units, plan.panels, units, symbols);
  kernels.product(top, units, plan.panels, bias, 0, plan.logits, symbols, rows, symbols, units);
}

/** The first layer's input weights, embedding and biases as one table; the other layers' biases added up. */
function foldBiasesAndEmbedding({ specification, plan, arena }: Workspace): void {
  const { kernels } = arena;
  const { weights, units, embedding, table, panels } = plan;
  plan.layers.forEach(({ bias }, layer) => {
    const input = parameter(plan, weights, `rnn.bias_ih_l${layer}`);
    const recurrent = parameter(plan, weights, `rnn.bias_hh_l${layer}`);
    kernels.add(input, recurrent, bias, 1, 4 * units);
  });
  const bias = plan.layers[0].bias;
  const matrix = parameter(plan, weights, 'rnn.weight_ih_l0');
  const rows = specification.vocabularySize;
  if (embedding === 0) {
    kernels.add(matrix, bias, table, rows, 4 * units);
    return;
  }
  const vectors = parameter(plan, weights, 'embedding.weight');
  kernels.packRows(matrix, embedding, panels, embedding, 4 * units);
  kernels.product(vectors, embedding, panels, bias, 0, table, 4 * units, rows, 4 * units, embedding);
}

function copy(arena: Arena, from: number, to: number, bytes: number): void {
  arena.floats.copyWithin(to / 4, from / 4, (from + bytes) / 4);
}
