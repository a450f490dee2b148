import type { NetworkSpecification, Tensors } from '../../../model/index.ts';
import type { Stepper } from '../../engine.ts';
import { checkFeed } from '../../feed.ts';
import { biasScaleOf } from '../../bias-scale.ts';
import { createArena } from '../kernel-exports.ts';
import type { Arena } from '../kernel-exports.ts';
import { Allocator } from '../layout/memory-plan.ts';
import { padded, roundUp } from '../padding.ts';
import { ParameterLayout } from '../layout/parameter-layout.ts';
import { transposeIntoPanels, VECTOR_PANEL } from '../layout/vector-panels.ts';

/** Symbols handed to the kernels at a time: each layer takes so many in before the next one does. */
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
 *                     h [L, Hp] | c [L, Hp] | gates [4Hp] | logits [Vq] | symbols [CHUNK] i32
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
    h: memory.floats(layers * units),
    c: memory.floats(layers * units),
    logits: memory.floats(outputs),
    symbols: memory.floats(CHUNK),
    layerOutputs: memory.floats(CHUNK * units),
    sums: memory.floats(CHUNK * 4 * units),
  };
  return { units, outputs, ...offsets, size: memory.size };
}

/** An LSTM that reads one stream. Its state is h [L, H], then c [L, H]. */
export class LstmStepper implements Stepper {
  readonly specification: NetworkSpecification;
  readonly stateSize: number;
  readonly biasScale: Stepper['biasScale'];
  private readonly plan: ReturnType<typeof planStepper>;
  private numbers: Arena | undefined;

  constructor(module: WebAssembly.Module, specification: NetworkSpecification, weights: Tensors) {
    this.specification = specification;
    this.stateSize = 2 * specification.layers * specification.units;
    this.biasScale = biasScaleOf(specification, weights);
    this.plan = planStepper(specification);
    this.numbers = createArena(module, this.plan.size);
    this.loadWeights(module, weights);
  }

  feed(symbols: ArrayLike<number>, state: Float32Array, logits: Float32Array): void {
    const { kernels, floats, integers } = this.arena;
    const { table, matrices, biases, h, c, layerOutputs, sums, units, outputs } = this.plan;
    const { layers, vocabularySize } = this.specification;
    checkFeed(this, symbols, state, logits);
    this.loadState(state);
    const ids = this.plan.symbols;
    for (let done = 0; done < symbols.length; done += CHUNK) {
      const count = Math.min(CHUNK, symbols.length - done);
      for (let i = 0; i < count; i++) integers[ids / 4 + i] = symbols[done + i];
      kernels.lstmStep(ids, count, table, matrices, biases, h, c, layerOutputs, sums, layers, units);
    }
    this.storeState(state);
    const { decoder, decoderBias, logits: result } = this.plan;
    kernels.vectorProduct(h + 4 * (layers - 1) * units, decoder, decoderBias, result, units, outputs);
    for (let symbol = 0; symbol < vocabularySize; symbol++) logits[symbol] = floats[result / 4 + symbol];
  }

  dispose(): void {
    this.numbers = undefined;
  }

  private get arena(): Arena {
    if (this.numbers === undefined) throw new Error('the stepper was disposed of');
    return this.numbers;
  }

  private loadState(state: Float32Array): void {
    const { floats } = this.arena;
    const { layers, units } = this.specification;
    let from = 0;
    for (const region of [this.plan.h, this.plan.c]) {
      for (let layer = 0; layer < layers; layer++) {
        const start = region / 4 + layer * this.plan.units;
        for (let unit = 0; unit < units; unit++) floats[start + unit] = state[from++];
      }
    }
  }

  private storeState(state: Float32Array): void {
    const { floats } = this.arena;
    const { layers, units } = this.specification;
    let to = 0;
    for (const region of [this.plan.h, this.plan.c]) {
      for (let layer = 0; layer < layers; layer++) {
        const start = region / 4 + layer * this.plan.units;
        for (let unit = 0; unit < units; unit++) state[to++] = floats[start + unit];
      }
    }
  }

  /** Copies the weights in from a passing memory that holds them in rows. */
  private loadWeights(module: WebAssembly.Module, weights: Tensors): void {
    const { vocabularySize, embedding: E } = this.specification;
    const { units, table } = this.plan;
    const width = 4 * units;
    const layout = new ParameterLayout(this.specification);
    const memory = new Allocator();
    const region = memory.floats(layout.floats);
    const bias = memory.floats(width);
    const panels = memory.floats(padded(E) * width);
    const folded = memory.floats(vocabularySize * width);
    const { kernels, floats } = createArena(module, memory.size);
    layout.storeWeights(weights, floats.subarray(region / 4, region / 4 + layout.floats));
    const at = (name: string) => region + 4 * layout.offset(name);

    kernels.add(at('rnn.bias_ih_l0'), at('rnn.bias_hh_l0'), bias, 1, width, width);
    if (E === 0) {
      kernels.add(at('rnn.weight_ih_l0'), bias, folded, vocabularySize, width, width);
    } else {
      const Ep = padded(E);
      kernels.packRows(at('rnn.weight_ih_l0'), Ep, panels, Ep, width);
      kernels.product(at('embedding.weight'), Ep, panels, bias, 0, folded, width, vocabularySize, width, Ep);
    }
    this.arena.floats.set(floats.subarray(folded / 4, folded / 4 + vocabularySize * width), table / 4);
    this.loadMatrices(floats, at);
  }

  private loadMatrices(source: Float32Array, at: (name: string) => number): void {
    const { layers } = this.specification;
    const { units, matrices, biases, decoder, decoderBias } = this.plan;
    const { floats } = this.arena;
    const width = 4 * units;
    let matrix = matrices / 4;
    for (let layer = 0; layer < layers; layer++) {
      const recurrent = at(`rnn.weight_hh_l${layer}`) / 4;
      if (layer === 0) {
        transposeIntoPanels(source, recurrent, width, units, floats, matrix, units, 0);
        matrix += width * units;
        continue;
      }
      const depth = 2 * units;
      const input = at(`rnn.weight_ih_l${layer}`) / 4;
      transposeIntoPanels(source, input, width, units, floats, matrix, depth, 0);
      transposeIntoPanels(source, recurrent, width, units, floats, matrix, depth, units);
      matrix += width * depth;
      const [a, b] = [at(`rnn.bias_ih_l${layer}`) / 4, at(`rnn.bias_hh_l${layer}`) / 4];
      const bias = biases / 4 + (layer - 1) * width;
      for (let i = 0; i < width; i++) floats[bias + i] = source[a + i] + source[b + i];
    }
    const { vocabularySize } = this.specification;
    const decoderRows = at('decoder.weight') / 4;
    transposeIntoPanels(source, decoderRows, vocabularySize, units, floats, decoder / 4, units, 0);
    const bias = at('decoder.bias') / 4;
    floats.set(source.subarray(bias, bias + vocabularySize), decoderBias / 4);
  }
}
