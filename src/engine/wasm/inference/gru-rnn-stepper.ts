import { gateCount } from '../../../model/index.ts';
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

/**
 * The memory of a stepper, from low to high addresses; Hp is H padded to 8, Wq is G Hp and Vq is V padded to 32:
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
    h: memory.floats(layers * units),
    inputSums: memory.floats(columns),
    stateSums: memory.floats(columns),
    gates: memory.floats(4 * units),
    logits: memory.floats(outputs),
  };
  return { units, width, columns, outputs, ...offsets, size: memory.size };
}

/** A GRU or a network of tanh units that reads one stream. Its state is h [L, H]. */
export class GruRnnStepper implements Stepper {
  readonly specification: NetworkSpecification;
  readonly stateSize: number;
  readonly biasScale: Stepper['biasScale'];
  private readonly plan: ReturnType<typeof planStepper>;
  private numbers: Arena | undefined;

  constructor(module: WebAssembly.Module, specification: NetworkSpecification, weights: Tensors) {
    this.specification = specification;
    this.stateSize = specification.layers * specification.units;
    this.biasScale = biasScaleOf(specification, weights);
    this.plan = planStepper(specification);
    this.numbers = createArena(module, this.plan.size);
    this.loadWeights(module, weights);
  }

  feed(symbols: ArrayLike<number>, state: Float32Array, logits: Float32Array): void {
    const { kernels, floats } = this.arena;
    const { h, units, outputs, decoder, decoderBias, logits: result } = this.plan;
    const { layers: L, units: H, vocabularySize: V } = this.specification;
    checkFeed(this, symbols, state, logits);
    for (let l = 0; l < L; l++) floats.set(state.subarray(l * H, (l + 1) * H), h / 4 + l * units);
    for (let i = 0; i < symbols.length; i++) this.step(symbols[i]);
    for (let l = 0; l < L; l++) {
      const from = h / 4 + l * units;
      state.set(floats.subarray(from, from + H), l * H);
    }
    kernels.vectorProduct(h + 4 * (L - 1) * units, decoder, decoderBias, result, units, outputs);
    logits.set(floats.subarray(result / 4, result / 4 + V));
  }

  dispose(): void {
    this.numbers = undefined;
  }

  private get arena(): Arena {
    if (this.numbers === undefined) throw new Error('the stepper was disposed of');
    return this.numbers;
  }

  private step(symbol: number): void {
    const { kernels } = this.arena;
    const { table, units, columns, inputSums, stateSums, gates, layers } = this.plan;
    const isGru = this.specification.cell === 'gru';
    let h = this.plan.h;
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

  /** Copies the weights in from a passing memory that holds them in rows. */
  private loadWeights(module: WebAssembly.Module, weights: Tensors): void {
    const { cell, vocabularySize: V, embedding: E } = this.specification;
    const { units, width, columns, table, layers, decoder, decoderBias } = this.plan;
    const { floats: target } = this.arena;
    const layout = new ParameterLayout(this.specification);
    const memory = new Allocator();
    const region = memory.floats(layout.floats);
    const bias = memory.floats(width);
    const panels = memory.floats(padded(E) * width);
    const folded = memory.floats(V * width);
    const { kernels, floats } = createArena(module, memory.size);
    layout.storeWeights(weights, floats.subarray(region / 4, region / 4 + layout.floats));
    const at = (name: string) => region + 4 * layout.offset(name);

    layers.forEach(({ input, recurrent, inputBias, stateBias }, layer) => {
      const [ofInput, ofState] = [at(`rnn.bias_ih_l${layer}`), at(`rnn.bias_hh_l${layer}`)];
      // Of tanh units both biases are one sum.
      if (cell === 'gru') kernels.copy(ofInput, bias, width);
      else kernels.add(ofInput, ofState, bias, 1, width, width);
      target.set(floats.subarray(bias / 4, bias / 4 + width), inputBias / 4);
      target.set(floats.subarray(ofState / 4, ofState / 4 + width), stateBias / 4);
      const matrices = [
        [`rnn.weight_hh_l${layer}`, recurrent],
        ...(layer > 0 ? [[`rnn.weight_ih_l${layer}`, input] as const] : []),
      ] as const;
      for (const [name, to] of matrices) {
        transposeIntoPanels(floats, at(name) / 4, width, units, target, to / 4, units, 0);
      }
      if (layer > 0) return;
      if (E === 0) {
        kernels.add(at('rnn.weight_ih_l0'), bias, folded, V, width, width);
      } else {
        const Ep = padded(E);
        kernels.packRows(at('rnn.weight_ih_l0'), Ep, panels, Ep, width);
        kernels.product(at('embedding.weight'), Ep, panels, bias, 0, folded, width, V, width, Ep);
      }
      for (let v = 0; v < V; v++) {
        const row = folded / 4 + v * width;
        target.set(floats.subarray(row, row + width), table / 4 + v * columns);
      }
    });
    const biases = at('decoder.bias') / 4;
    transposeIntoPanels(floats, at('decoder.weight') / 4, V, units, target, decoder / 4, units, 0);
    target.set(floats.subarray(biases, biases + V), decoderBias / 4);
  }
}
