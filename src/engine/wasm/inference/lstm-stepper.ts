import type { NetworkSpecification, Tensors } from '../../../model/index.ts';
import { VECTOR_PANEL } from '../layout/kernel-constants.ts';
import { Allocator } from '../layout/memory-plan.ts';
import { transposeIntoPanels } from '../layout/vector-panels.ts';
import { padded, roundUp } from '../padding.ts';
import { WasmStepper } from './stepper.ts';
import { WeightSource } from './weight-source.ts';

/** Symbols per kernel call: within a call each layer reads all of them before the next layer does. */
const CHUNK = 64;

/**
 * The memory of a stepper, from low to high addresses; Hp is H padded to 8, Vq is V padded to 32:
 *
 *     0               the kernels' constants
 *     DATA_START      table [V, 4Hp]                   embedding · W_ih_l0ᵀ + biases
 *                     matrices, in panels of 32 columns: W_hh_l0ᵀ [Hp, 4Hp], then for each further layer
 *                       W_ihᵀ above W_hhᵀ [2Hp, 4Hp]
 *                     biases [L-1, 4Hp]
 *                     decoderᵀ [Hp, Vq], in panels | its bias [Vq]
 *                     h [L, Hp] | c [L, Hp] | logits [Vq] | symbols [CHUNK] i32
 *                     a layer's outputs [CHUNK, Hp] | gate sums [CHUNK, 4Hp]
 */
function planStepper({ layers, units: H, vocabularySize: V }: NetworkSpecification) {
  const units = padded(H);
  const outputs = roundUp(V, VECTOR_PANEL);
  const memory = new Allocator();
  const offsets = {
    table: memory.floats(V * 4 * units),
    matrices: memory.floats((2 * layers - 1) * units * 4 * units),
    biases: memory.floats((layers - 1) * 4 * units),
    decoder: memory.floats(units * outputs),
    decoderBias: memory.floats(outputs),
    states: [memory.floats(layers * units), memory.floats(layers * units)],
    logits: memory.floats(outputs),
    symbols: memory.floats(CHUNK),
    layerOutputs: memory.floats(CHUNK * units),
    sums: memory.floats(CHUNK * 4 * units),
  };
  return { units, outputs, ...offsets, size: memory.size };
}

/** An LSTM that reads one stream. Its state is h [L, H], then c [L, H]. */
export class LstmStepper extends WasmStepper<ReturnType<typeof planStepper>> {
  constructor(module: WebAssembly.Module, specification: NetworkSpecification, weights: Tensors) {
    super(module, specification, weights, planStepper(specification));
    const source = new WeightSource(module, specification, weights, 4 * this.plan.units);
    this.arena.floats.set(source.inputTable(true), this.plan.table / 4);
    this.loadLayers(source);
    this.loadDecoder(source);
  }

  protected override advance(symbols: ArrayLike<number>): void {
    const { kernels, integers } = this.arena;
    const { table, matrices, biases, states, symbols: ids, layerOutputs, sums, units } = this.plan;
    const { layers } = this.specification;
    const [h, c] = states;
    for (let done = 0; done < symbols.length; done += CHUNK) {
      const count = Math.min(CHUNK, symbols.length - done);
      for (let i = 0; i < count; i++) integers[ids / 4 + i] = symbols[done + i];
      kernels.lstmStep(ids, count, table, matrices, biases, h, c, layerOutputs, sums, layers, units);
    }
  }

  private loadLayers(source: WeightSource): void {
    const { units, matrices, biases } = this.plan;
    const { floats } = this.arena;
    const width = 4 * units;
    let matrix = matrices / 4;
    for (let layer = 0; layer < this.specification.layers; layer++) {
      const recurrent = source.start(`rnn.weight_hh_l${layer}`);
      if (layer === 0) {
        transposeIntoPanels(source.floats, recurrent, width, units, floats, matrix, units, 0);
        matrix += width * units;
        continue;
      }
      const depth = 2 * units;
      const input = source.start(`rnn.weight_ih_l${layer}`);
      transposeIntoPanels(source.floats, input, width, units, floats, matrix, depth, 0);
      transposeIntoPanels(source.floats, recurrent, width, units, floats, matrix, depth, units);
      matrix += width * depth;
      floats.set(source.inputBias(layer, true), biases / 4 + (layer - 1) * width);
    }
  }
}
