import type { Command } from './control.ts';
import { inputOf, parameter, shareOf } from './forward.ts';
import type { Workspace } from './forward.ts';
import { priorBackward } from './prior.ts';

/**
 * After `forward` of the same window: the sum of the losses over this thread's counted targets, and what they
 * add to the gradient of the whole batch's mean, in the share's gradients. Truncated: nothing flows into the state
 * the window began with.
 */
export function backward(workspace: Workspace, { length, counted, dropout, priorEntries }: Command): number {
  const { plan, arena } = workspace;
  const { kernels } = arena;
  const { units } = plan;
  const share = shareOf(workspace);
  const { batchSize, dOutput, dCell } = share;
  const width = 4 * units;
  const rows = length * batchSize;
  const stepBytes = 4 * batchSize * units;
  kernels.clear(share.gradients, plan.parameters.floats);
  const loss = decoderBackward(workspace, rows, counted);
  priorBackward(workspace, length, priorEntries);
  for (let layer = share.layers.length - 1; layer >= 0; layer--) {
    const { gates, cells, cellTanh } = share.layers[layer];
    const { recurrent } = plan.layers[layer];
    kernels.clear(dCell, batchSize * units);
    for (let t = length - 1; t >= 0; t--) {
      const at = t * stepBytes;
      const dSums = gates + 4 * at;
      kernels.lstmBackward(dSums, cells + at, cellTanh + at, dOutput + at, dCell, batchSize, units);
      if (t === 0) break;
      const before = dOutput + at - stepBytes;
      kernels.product(
        dSums,
        width,
        recurrent.backward,
        before,
        units,
        before,
        units,
        batchSize,
        units,
        width,
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
  const { units, symbols, decoder, zeros } = plan;
  const { logits, targets, gradients, scratch, dOutput } = shareOf(workspace);
  const scale = counted === 0 ? 0 : 1 / counted;
  const loss = kernels.crossEntropyAndGradient(logits, targets, rows, symbols, scale);
  const top = inputOf(workspace, specification.layers, false);
  const dWeight = parameter(plan, gradients, 'decoder.weight');
  kernels.accumulateOuterProducts(logits, symbols, top, units, dWeight, units, symbols, units, rows, scratch);
  kernels.addColumnSums(logits, parameter(plan, gradients, 'decoder.bias'), rows, symbols);
  kernels.product(logits, symbols, decoder.backward, zeros, 0, dOutput, units, rows, units, symbols);
  return loss;
}

/** From the gradients of a layer's gate sums to those of its parameters and of the layer below. */
function layerGradients(workspace: Workspace, layer: number, rows: number, dropout: boolean): void {
  const { plan, arena } = workspace;
  const { kernels } = arena;
  const { units, zeros } = plan;
  const { gradients, scratch, dOutput, layers } = shareOf(workspace);
  const { gates, outputs, dropout: masked } = layers[layer];
  const width = 4 * units;
  const outer = (input: number, name: string) => {
    const target = parameter(plan, gradients, name);
    kernels.accumulateOuterProducts(gates, width, input, units, target, units, width, units, rows, scratch);
  };
  outer(outputs, `rnn.weight_hh_l${layer}`);
  const dBias = parameter(plan, gradients, `rnn.bias_ih_l${layer}`);
  const { input } = plan.layers[layer];
  if (layer === 0) {
    inputTableGradients(workspace, rows, dBias);
  } else if (input !== null) {
    outer(inputOf(workspace, layer, dropout), `rnn.weight_ih_l${layer}`);
    kernels.addColumnSums(gates, dBias, rows, width);
    kernels.product(gates, width, input.backward, zeros, 0, dOutput, units, rows, units, width);
    if (dropout && masked) kernels.multiply(dOutput, masked.mask, dOutput, rows * units);
  }
  kernels.copy(dBias, parameter(plan, gradients, `rnn.bias_hh_l${layer}`), width);
}

/** The folded table's gradient, and from it those of the embedding, the first layer's input weights and bias. */
function inputTableGradients(workspace: Workspace, rows: number, dBias: number): void {
  const { specification, plan, arena } = workspace;
  const { kernels } = arena;
  const { units, embedding, zeros } = plan;
  const { gradients, inputs, layers, dTable, scratch } = shareOf(workspace);
  const { input } = plan.layers[0];
  const width = 4 * units;
  const symbols = specification.vocabularySize;
  kernels.clear(dTable, symbols * width);
  kernels.scatterAddRows(layers[0].gates, inputs, dTable, rows, width);
  kernels.addColumnSums(dTable, dBias, symbols, width);
  if (input === null) return;
  const vectors = parameter(plan, plan.weights, 'embedding.weight');
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
    scratch,
  );
  const dVectors = parameter(plan, gradients, 'embedding.weight');
  kernels.product(dTable, width, input.backward, zeros, 0, dVectors, embedding, symbols, embedding, width);
}
