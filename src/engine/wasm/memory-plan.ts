import type { NetworkSpecification } from '../../model/index.ts';
import type { BatchLimits } from '../batch.ts';
import { OUTER_PRODUCTS_SCRATCH } from './kernels.ts';
import { padded } from './padding.ts';
import { ParameterLayout } from './parameter-layout.ts';

/** First byte for data; the kernels' own constants lie below. */
export const DATA_START = 16384;

/** Hands out stretches of a memory one after the other, each beginning at a multiple of 64 bytes. */
export class Allocator {
  private top = DATA_START;

  /** The byte offset of `count` new floats. */
  floats(count: number): number {
    const start = this.top;
    this.top = Math.ceil((start + 4 * count) / 64) * 64;
    return start;
  }

  /** Bytes needed for all handed out so far. */
  get size(): number {
    return this.top;
  }
}

/** Byte offsets of one layer's activations. */
export interface LayerPlan {
  readonly gates: number;
  readonly cells: number;
  readonly outputs: number;
  readonly cellTanh: number;
  /** bias_ih + bias_hh. */
  readonly bias: number;
  /** Dropout on the way into this layer; null for the first layer and without dropout. */
  readonly dropout: { readonly mask: number; readonly input: number } | null;
}

/** Byte offsets of everything a network in training needs; see `planNetwork`. */
export interface NetworkPlan {
  /** Hp and Vp, Ep: units, symbols and embedding values padded. */
  readonly units: number;
  readonly symbols: number;
  readonly embedding: number;
  readonly parameters: ParameterLayout;
  readonly weights: number;
  readonly gradients: number;
  readonly firstMoments: number;
  readonly secondMoments: number;
  readonly carriedOutputs: number;
  readonly carriedCells: number;
  readonly inputs: number;
  readonly targets: number;
  readonly layers: readonly LayerPlan[];
  readonly logits: number;
  readonly dOutput: number;
  readonly dCell: number;
  readonly table: number;
  readonly dTable: number;
  readonly zeros: number;
  readonly panels: number;
  readonly scratch: number;
  readonly hits: number;
  readonly size: number;
}

/**
 * The memory of a network in training, from low to high addresses; Hp, Vp, Ep are H, V, E padded, R = T·B:
 *
 *     0                the kernels' constants
 *     DATA_START       weights | gradients | exp_avg | exp_avg_sq     each as ParameterLayout says
 *                      carried h [L, B, Hp] | carried c [L, B, Hp]
 *                      inputs [T, B] i32 | targets [T, B] i32
 *     for each layer   gates [R, 4Hp]        sums, then i f g o, then the sums' gradients
 *                      c [T+1, B, Hp]        block 0: what the last window left
 *                      h [T+1, B, Hp]        likewise
 *                      tanh(c) [R, Hp]
 *                      bias [4Hp]
 *       with dropout   mask [R, Hp] | layer input after the mask [R, Hp]
 *                      logits [R, Vp]        then their gradients
 *                      dh [R, Hp]            gradient of the outputs of the layer at hand
 *                      dc [B, Hp]
 *                      table [V, 4Hp]        embedding · W_ih_l0ᵀ + biases, or one-hot W_ih_l0ᵀ + biases
 *       with embedding table's gradient      without, that of W_ih_l0 itself
 *                      zeros [max(Hp, Ep)]
 *                      panels                the matrix at hand, packed for `product`
 *                      scratch | hits
 */
export function planNetwork(specification: NetworkSpecification, limits: BatchLimits): NetworkPlan {
  const units = padded(specification.units);
  const symbols = padded(specification.vocabularySize);
  const embedding = padded(specification.embedding);
  const parameters = new ParameterLayout(specification);
  const { batchSize } = limits;
  const rows = limits.sequenceLength * batchSize;
  const withDropout = specification.dropout > 0;
  const memory = new Allocator();
  const regions = {
    weights: memory.floats(parameters.floats),
    gradients: memory.floats(parameters.floats),
    firstMoments: memory.floats(parameters.floats),
    secondMoments: memory.floats(parameters.floats),
    carriedOutputs: memory.floats(specification.layers * batchSize * units),
    carriedCells: memory.floats(specification.layers * batchSize * units),
    inputs: memory.floats(rows),
    targets: memory.floats(rows),
  };
  const layers = Array.from({ length: specification.layers }, (_, layer): LayerPlan => ({
    gates: memory.floats(rows * 4 * units),
    cells: memory.floats((rows + batchSize) * units),
    outputs: memory.floats((rows + batchSize) * units),
    cellTanh: memory.floats(rows * units),
    bias: memory.floats(4 * units),
    dropout:
      withDropout && layer > 0
        ? { mask: memory.floats(rows * units), input: memory.floats(rows * units) }
        : null,
  }));
  const rest = {
    logits: memory.floats(rows * symbols),
    dOutput: memory.floats(rows * units),
    dCell: memory.floats(batchSize * units),
    table: memory.floats(specification.vocabularySize * 4 * units),
    dTable:
      embedding > 0
        ? memory.floats(specification.vocabularySize * 4 * units)
        : regions.gradients + 4 * parameters.offset('rnn.weight_ih_l0'),
    zeros: memory.floats(Math.max(units, embedding)),
    panels: memory.floats(units * Math.max(4 * units, symbols, 4 * embedding)),
    scratch: memory.floats(OUTER_PRODUCTS_SCRATCH),
    hits: memory.floats(1),
  };
  return { units, symbols, embedding, parameters, ...regions, layers, ...rest, size: memory.size };
}
