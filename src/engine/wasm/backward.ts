import { inputOf, parameter } from './forward.ts';
import type { Workspace } from './forward.ts';

/**
 * After `forward` of the same window: the sum of the losses over the counted targets, and the gradient of their
 * mean in the gradients' region. Truncated: nothing flows into the state the window began with.
 * @param counted number of targets that are not negative.
 */
export function backward(workspace: Workspace, length: number, counted: number, dropout: boolean): number {
  const { batchSize, plan, arena } = workspace;
  const { kernels, floats } = arena;
  const { units, dOutput, dCell } = plan;
  const rows = length * batchSize;
  const stepBytes = 4 * batchSize * units;
  fillZeros(floats, plan.gradients, plan.parameters.floats);
  const loss = decoderBackward(workspace, rows, counted);
  for (let layer = plan.layers.length - 1; layer >= 0; layer--) {
    const { gates, cells, cellTanh } = plan.layers[layer];
    fillZeros(floats, dCell, batchSize * units);
    const matrix = parameter(plan, plan.weights, `rnn.weight_hh_l${layer}`);
    kernels.packColumns(matrix, units, plan.panels, 4 * units, units);
    for (let t = length - 1; t >= 0; t--) {
      const at = t * stepBytes;
      const dSums = gates + 4 * at;
      kernels.lstmBackward(dSums, cells + at, cellTanh + at, dOutput + at, dCell, batchSize, units);
      if (t === 0) break;
      const before = dOutput + at - stepBytes;
      kernels.product(
        dSums,
        4 * units,
        plan.panels,
        before,
        units,
        before,
        units,
        batchSize,
        units,
        4 * units,
      );
    }
    layerGradients(workspace, layer, rows, dropout);
  }
  return loss;
}

/** The loss, the decoder's gradients, and the gradient of the last layer's outputs. */
function decoderBackward(workspace: Workspace, rows: number, counted: number): number {
  const { specification, plan, arena } = workspace;
  const { kernels } = arena;
  const { units, symbols, logits, panels } = plan;
  const scale = counted === 0 ? 0 : 1 / counted;
  const loss = kernels.crossEntropyAndGradient(logits, plan.targets, rows, symbols, scale);
  const top = inputOf(workspace, specification.layers, false);
  const dWeight = parameter(plan, plan.gradients, 'decoder.weight');
  kernels.accumulateOuterProducts(
    logits,
    symbols,
    top,
    units,
    dWeight,
    units,
    symbols,
    units,
    rows,
    plan.scratch,
  );
  kernels.addColumnSums(logits, parameter(plan, plan.gradients, 'decoder.bias'), rows, symbols);
  kernels.packColumns(parameter(plan, plan.weights, 'decoder.weight'), units, panels, symbols, units);
  kernels.product(logits, symbols, panels, plan.zeros, 0, plan.dOutput, units, rows, units, symbols);
  return loss;
}

/** From the gradients of a layer's gate sums to those of its parameters and of the layer below. */
function layerGradients(workspace: Workspace, layer: number, rows: number, dropout: boolean): void {
  const { plan, arena } = workspace;
  const { kernels, floats } = arena;
  const { units, gradients, panels, scratch, dOutput } = plan;
  const { gates, outputs, dropout: masked } = plan.layers[layer];
  const width = 4 * units;
  const outer = (input: number, name: string) => {
    const target = parameter(plan, gradients, name);
    kernels.accumulateOuterProducts(gates, width, input, units, target, units, width, units, rows, scratch);
  };
  outer(outputs, `rnn.weight_hh_l${layer}`);
  const dBias = parameter(plan, gradients, `rnn.bias_ih_l${layer}`);
  if (layer === 0) {
    inputTableGradients(workspace, rows, dBias);
  } else {
    outer(inputOf(workspace, layer, dropout), `rnn.weight_ih_l${layer}`);
    kernels.addColumnSums(gates, dBias, rows, width);
    const matrix = parameter(plan, plan.weights, `rnn.weight_ih_l${layer}`);
    kernels.packColumns(matrix, units, panels, width, units);
    kernels.product(gates, width, panels, plan.zeros, 0, dOutput, units, rows, units, width);
    if (dropout && masked) kernels.multiply(dOutput, masked.mask, dOutput, rows * units);
  }
  const other = parameter(plan, gradients, `rnn.bias_hh_l${layer}`);
  floats.copyWithin(other / 4, dBias / 4, dBias / 4 + width);
}

/** The folded table's gradient, and from it those of the embedding, the first layer's input weights and bias. */
function inputTableGradients({ specification, plan, arena }: Workspace, rows: number, dBias: number): void {
  const { kernels, floats } = arena;
  const { units, embedding, gradients, dTable, panels, zeros } = plan;
  const width = 4 * units;
  const symbols = specification.vocabularySize;
  fillZeros(floats, dTable, symbols * width);
  kernels.scatterAddRows(plan.layers[0].gates, plan.inputs, dTable, rows, width);
  kernels.addColumnSums(dTable, dBias, symbols, width);
  if (embedding === 0) return;
  const vectors = parameter(plan, plan.weights, 'embedding.weight');
  const matrix = parameter(plan, plan.weights, 'rnn.weight_ih_l0');
  const dMatrix = parameter(plan, gradients, 'rnn.weight_ih_l0');
  kernels.accumulateOuterProducts(
    dTable,
    width,
    vectors,
    embedding,
    dMatrix,
    embedding,
    width,
    embedding,
    symbols,
    plan.scratch,
  );
  const dVectors = parameter(plan, gradients, 'embedding.weight');
  kernels.packColumns(matrix, embedding, panels, width, embedding);
  kernels.product(dTable, width, panels, zeros, 0, dVectors, embedding, symbols, embedding, width);
}

function fillZeros(floats: Float32Array, start: number, count: number): void {
  floats.fill(0, start / 4, start / 4 + count);
}
