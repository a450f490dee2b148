import { gateCount } from '../../../model/index.ts';
import type { NetworkSpecification, Tensors } from '../../../model/index.ts';
import { VECTOR_PANEL } from '../layout/kernel-constants.ts';
import { Allocator } from '../layout/memory-plan.ts';
import { transposeIntoPanels } from '../layout/vector-panels.ts';
import { padded, roundUp } from '../padding.ts';
import { WasmStepper } from './stepper.ts';
import { WeightSource } from './weight-source.ts';

/**
 * The memory of a stepper, from low to high addresses; Hp is H padded to 8, Wq is G·Hp and Vq is V padded to 32:
 *
 *     0               the kernels' constants
 *     DATA_START      table [V, Wq]                    embedding · W_ih_l0ᵀ + its bias
 *      for each layer W_ihᵀ [Hp, Wq], but for the first | W_hhᵀ [Hp, Wq], both in panels of 32 columns
 *                     bias of the inputs [Wq], of the state [Wq]
 *                     decoderᵀ [Hp, Vq], in panels | its bias [Vq]
 *                     h [L, Hp] | sums of the inputs [Wq], of the state [Wq] | gates [4Hp] | logits [Vq]
 */
function planStepper({ cell, layers, units: H, vocabularySize: V }: NetworkSpecification) {
  const units = padded(H);
  const width = gateCount(cell) * units;
  const columns = roundUp(width, VECTOR_PANEL);
  const outputs = roundUp(V, VECTOR_PANEL);
  const memory = new Allocator();
  const offsets = {
    table: memory.floats(V * columns),
    layers: Array.from({ length: layers }, (_, layer) => ({
      input: layer > 0 ? memory.floats(units * columns) : 0,
      recurrent: memory.floats(units * columns),
      inputBias: memory.floats(columns),
      stateBias: memory.floats(columns),
    })),
    decoder: memory.floats(units * outputs),
    decoderBias: memory.floats(outputs),
    states: [memory.floats(layers * units)],
    inputSums: memory.floats(columns),
    stateSums: memory.floats(columns),
    gates: memory.floats(4 * units),
    logits: memory.floats(outputs),
  };
  return { units, width, columns, outputs, ...offsets, size: memory.size };
}

/** A GRU or a network of tanh units that reads one stream. Its state is h [L, H]. */
export class GruRnnStepper extends WasmStepper<ReturnType<typeof planStepper>> {
  constructor(module: WebAssembly.Module, specification: NetworkSpecification, weights: Tensors) {
    super(module, specification, weights, planStepper(specification));
    const source = new WeightSource(module, specification, weights, this.plan.width);
    this.loadLayers(source);
    this.loadDecoder(source);
  }

  protected override advance(symbols: ArrayLike<number>): void {
    for (let i = 0; i < symbols.length; i++) this.step(symbols[i]);
  }

  private step(symbol: number): void {
    const { kernels } = this.arena;
    const { table, units, columns, inputSums, stateSums, gates, layers } = this.plan;
    const isGru = this.specification.cell === 'gru';
    let [h] = this.plan.states;
    layers.forEach(({ input, recurrent, inputBias, stateBias }, layer) => {
      let sums = table + 4 * symbol * columns;
      if (layer > 0) {
        sums = inputSums;
        kernels.vectorProduct(h - 4 * units, input, inputBias, sums, units, columns);
      }
      if (isGru) {
        if (layer === 0) kernels.copy(sums, inputSums, columns);
        kernels.vectorProduct(h, recurrent, stateBias, stateSums, units, columns);
        kernels.gruForward(inputSums, stateSums, gates, h, h, 1, units);
      } else {
        kernels.vectorProduct(h, recurrent, sums, inputSums, units, columns);
        kernels.rnnForward(inputSums, h, units);
      }
      h += 4 * units;
    });
  }

  private loadLayers(source: WeightSource): void {
    const { cell, vocabularySize: V } = this.specification;
    const { units, width, columns, table, layers } = this.plan;
    const { floats } = this.arena;
    // A GRU's reset gate stands between its two biases; those of tanh units are one sum.
    const isSum = cell === 'rnn';
    const rows = source.inputTable(isSum);
    for (let v = 0; v < V; v++) {
      floats.set(rows.subarray(v * width, (v + 1) * width), table / 4 + v * columns);
    }
    layers.forEach(({ input, recurrent, inputBias, stateBias }, layer) => {
      floats.set(source.inputBias(layer, isSum), inputBias / 4);
      const ofState = source.start(`rnn.bias_hh_l${layer}`);
      floats.set(source.floats.subarray(ofState, ofState + width), stateBias / 4);
      const matrices = [
        [`rnn.weight_hh_l${layer}`, recurrent],
        ...(layer > 0 ? [[`rnn.weight_ih_l${layer}`, input] as const] : []),
      ] as const;
      for (const [name, to] of matrices) {
        transposeIntoPanels(source.floats, source.start(name), width, units, floats, to / 4, units, 0);
      }
    });
  }
}
