import { gateCount, stateNames } from '../../../model/index.ts';
import type { Cell, NetworkSpecification } from '../../../model/index.ts';
import { MAX_BIAS_ENTRIES } from '../../batch.ts';
import type { BatchLimits } from '../../engine.ts';
import { COMMAND_BLOCK_FLOATS } from '../command-block.ts';
import { padded } from '../padding.ts';
import { DATA_START, outerProductScratch, outerProductSums } from './kernel-constants.ts';
import { ParameterLayout } from './parameter-layout.ts';

/** Rows that are processed together, so that their gate sums stay in the cache; at least one time step. */
export const CHUNK_ROWS = 256;

/** Hands out ranges of a memory one after the other, each starting at a multiple of 64 bytes. */
export class Allocator {
  private top = DATA_START;

  /** Reserves `count` floats. @returns their byte offset. */
  floats(count: number): number {
    const start = this.top;
    this.top = Math.ceil((start + 4 * count) / 64) * 64;
    return start;
  }

  /** Size of the memory in bytes so far. */
  get size(): number {
    return this.top;
  }
}

/** Byte offsets of a weight matrix packed for `product`: forward (times Wᵀ) and backward (times W). */
export interface PackedMatrix {
  readonly forward: number;
  readonly backward: number;
}

/** Byte offsets of the parts of one layer that all threads read. */
export interface LayerPlan {
  readonly recurrent: PackedMatrix;
  /** The input weights; null for a one-hot layer 0, where symbols pick rows of them. */
  readonly input: PackedMatrix | null;
  /** bias_ih + bias_hh, or bias_ih alone in a GRU. */
  readonly bias: number;
}

/** Byte offsets of one layer's activations in one thread's shard. */
export interface ShardLayerPlan {
  readonly gates: number;
  readonly cells: number;
  readonly outputs: number;
  readonly cellTanh: number;
  /** Dropout between this layer and the one below; null for the first layer and without dropout. */
  readonly dropout: { readonly mask: number; readonly input: number } | null;
}

/** The streams of one thread, and the byte offsets of what it computes for them. */
export interface ShardPlan {
  /** The first of its streams, and their number. */
  readonly firstStream: number;
  readonly batchSize: number;
  readonly gradients: number;
  readonly carriedOutputs: number;
  readonly carriedCells: number;
  /** Rows of the table [T, b]; see `assignTableRows`. */
  readonly inputs: number;
  readonly targets: number;
  /** The batch's logit bias, with room for the largest K, and the joint logits; null for networks without a prior. */
  readonly logitBias: {
    readonly symbols: number;
    readonly values: number;
    readonly jointLogits: number;
  } | null;
  readonly layers: readonly ShardLayerPlan[];
  readonly logits: number;
  /** Gate sums of CHUNK_ROWS rows, then their gradients; small and reused, so that they stay in the cache. */
  readonly gateSums: number;
  /** The same for the parts that come from the state, in a GRU, which keeps them apart; empty for other cells. */
  readonly stateSums: number;
  readonly dOutput: number;
  readonly dRecurrent: number;
  readonly dCell: number;
  readonly dTable: number;
  /** Gradients of the embeddings of the table's rows; empty without an embedding. */
  readonly dVectors: number;
  /** Sums of the outer products that become gradients of weights. */
  readonly sums: number;
  readonly scratch: number;
  readonly hits: number;
}

const KEPT_GATES: Readonly<Record<Cell, number>> = { lstm: 4, gru: 4, rnn: 0 };

type PlanSizes = Pick<NetworkPlan, 'units' | 'symbols' | 'embedding' | 'width' | 'keptGates' | 'addsUp'>;

/** Byte offsets of everything that a network in training needs; see `planNetwork`. */
export interface NetworkPlan {
  /** Hp, Vp and Ep: units, symbols and embedding values, padded. */
  readonly units: number;
  readonly symbols: number;
  readonly embedding: number;
  /** G·Hp, the floats of a row of gate sums. */
  readonly width: number;
  /** Vectors [Hp] kept of each step: an LSTM's i f g o, or a GRU's r z n and W_hn h + b_hn. */
  readonly keptGates: number;
  /** Whether a gate only ever adds up its parts from inputs and state. False for a GRU, where r stands between them. */
  readonly addsUp: boolean;
  readonly parameters: ParameterLayout;
  readonly commandBlock: number;
  readonly weights: number;
  readonly firstMoments: number;
  readonly secondMoments: number;
  readonly layers: readonly LayerPlan[];
  readonly decoder: PackedMatrix;
  /** The weights of the joint output layer; null for networks without a prior. */
  readonly jointDecoder: PackedMatrix | null;
  readonly table: number;
  /** The symbols of the table's rows, i32, and their embeddings; empty without an embedding. */
  readonly tableSymbols: number;
  readonly tableVectors: number;
  readonly zeros: number;
  readonly shards: readonly ShardPlan[];
  readonly size: number;
}

/**
 * The memory of a network in training, from low to high addresses; Hp, Vp, Ep are H, V, E padded:
 *
 *     0                the kernels' constants
 *     DATA_START       command block         commands, results, the barrier
 *                      weights | exp_avg | exp_avg_sq     each as ParameterLayout says
 *     for each layer   W_hh packed forward, backward | W_ih likewise | bias [GHp]
 *                      decoder packed forward, backward
 *         prior        joint decoder packed forward, backward
 *                      table [V, GHp]        embedding · W_ih_l0ᵀ + biases of a window's symbols, or one-hot
 *                                            W_ih_l0ᵀ + biases
 *       with embedding its symbols [V] i32 | their embeddings [V, Ep]
 *                      zeros [max(Hp, Ep)]
 *     for each thread, with b of the B streams and r = T·b
 *                      gradients             as the weights; the first thread's become the sum of all
 *                      carried h [L, b, Hp] | carried c [L, b, Hp]
 *                      rows of the table [T, b] i32 | targets [T, b] i32
 *         logit bias   symbols [r, K] i32 | values [r, K]       for the largest K
 *                      joint logits [r, Vp]  then their gradients
 *       for each layer gates [r, nHp]        n = 4: i f g o, or r z n and W_hn h + b_hn; n = 0: none
 *                      c [T+1, b, Hp]        block 0: what the last window left
 *                      h [T+1, b, Hp]        likewise
 *                      tanh(c) [r, Hp]
 *         dropout      mask [r, Hp] | layer input after the mask [r, Hp]
 *                      logits [r, Vp]        then their gradients
 *                      gate sums [C, GHp]    of the steps at hand, then their gradients; C = 256 or b
 *                      dh [r, Hp]            gradient of the outputs of the layer at hand
 *                      dh [b, Hp] | dc [b, Hp]      what the step after adds to it
 *       with embedding table's gradient      without, that of W_ih_l0 itself
 *                      dembeddings [V, Ep]   of the table's rows
 *                      sums                  of outer products: the gradients of one layer's weights in the making
 *                      scratch | hits
 *
 * @param threads number of threads that share the streams, at most one for each stream.
 */
export function planNetwork(
  specification: NetworkSpecification,
  limits: BatchLimits,
  threads: number,
): NetworkPlan {
  const units = padded(specification.units);
  const symbols = padded(specification.vocabularySize);
  const embedding = padded(specification.embedding);
  const { cell } = specification;
  const width = gateCount(cell) * units;
  const sizes = { units, symbols, embedding, width, keptGates: KEPT_GATES[cell], addsUp: cell !== 'gru' };
  const parameters = new ParameterLayout(specification);
  const memory = new Allocator();
  const packed = (values: number): PackedMatrix => ({
    forward: memory.floats(values),
    backward: memory.floats(values),
  });
  const shared = {
    commandBlock: memory.floats(COMMAND_BLOCK_FLOATS),
    weights: memory.floats(parameters.floats),
    firstMoments: memory.floats(parameters.floats),
    secondMoments: memory.floats(parameters.floats),
    layers: Array.from({ length: specification.layers }, (_, layer): LayerPlan => {
      const inputs = layer > 0 ? units : embedding;
      return {
        recurrent: packed(width * units),
        input: inputs > 0 ? packed(width * inputs) : null,
        bias: memory.floats(width),
      };
    }),
    decoder: packed(units * symbols),
    jointDecoder: specification.prior ? packed(units * symbols) : null,
    table: memory.floats(specification.vocabularySize * width),
    tableSymbols: memory.floats(embedding > 0 ? specification.vocabularySize : 0),
    tableVectors: memory.floats(specification.vocabularySize * embedding),
    zeros: memory.floats(Math.max(units, embedding)),
  };
  const shards = Array.from({ length: threads }, (_, thread) => {
    const [first, end] = threadRange(limits.batchSize, thread, threads);
    return planShard(memory, specification, limits.sequenceLength, parameters, sizes, first, end - first);
  });
  return { ...sizes, parameters, ...shared, shards, size: memory.size };
}

function planShard(
  memory: Allocator,
  specification: NetworkSpecification,
  length: number,
  parameters: ParameterLayout,
  { units, symbols, embedding, width, keptGates, addsUp }: PlanSizes,
  firstStream: number,
  batchSize: number,
): ShardPlan {
  const rows = length * batchSize;
  const rowsTogether = Math.max(CHUNK_ROWS, batchSize);
  const cells = stateNames(specification.cell).includes('c') ? 1 : 0;
  const gradients = memory.floats(parameters.floats);
  return {
    firstStream,
    batchSize,
    gradients,
    carriedOutputs: memory.floats(specification.layers * batchSize * units),
    carriedCells: memory.floats(cells * specification.layers * batchSize * units),
    inputs: memory.floats(rows),
    targets: memory.floats(rows),
    logitBias: specification.prior
      ? {
          symbols: memory.floats(rows * MAX_BIAS_ENTRIES),
          values: memory.floats(rows * MAX_BIAS_ENTRIES),
          jointLogits: memory.floats(rows * symbols),
        }
      : null,
    layers: Array.from({ length: specification.layers }, (_, layer): ShardLayerPlan => ({
      gates: memory.floats(rows * keptGates * units),
      cells: memory.floats(cells * (rows + batchSize) * units),
      outputs: memory.floats((rows + batchSize) * units),
      cellTanh: memory.floats(cells * rows * units),
      dropout:
        specification.dropout > 0 && layer > 0
          ? { mask: memory.floats(rows * units), input: memory.floats(rows * units) }
          : null,
    })),
    logits: memory.floats(rows * symbols),
    gateSums: memory.floats(rowsTogether * width),
    stateSums: memory.floats(addsUp ? 0 : rowsTogether * width),
    dOutput: memory.floats(rows * units),
    dRecurrent: memory.floats(batchSize * units),
    dCell: memory.floats(batchSize * units),
    dTable:
      embedding > 0
        ? memory.floats(specification.vocabularySize * width)
        : gradients + 4 * parameters.offset('rnn.weight_ih_l0'),
    dVectors: memory.floats(specification.vocabularySize * embedding),
    sums: memory.floats(
      Math.max(
        2 * outerProductSums(width, units),
        outerProductSums(width, embedding),
        outerProductSums(symbols, units),
      ),
    ),
    scratch: memory.floats(outerProductScratch(Math.max(units, embedding))),
    hits: memory.floats(1),
  };
}

/** A thread's part [first, end) of `count` items, in whole multiples of `unit`. */
export function threadRange(
  count: number,
  thread: number,
  threads: number,
  unit = 1,
): [first: number, end: number] {
  const units = Math.ceil(count / unit);
  const cut = (at: number) => Math.min(count, Math.floor((units * at) / threads) * unit);
  return [cut(thread), cut(thread + 1)];
}
