import { setImmediate } from 'node:timers/promises';
import { initialWeights } from '../../model/index.ts';
import type { Cell, Tensors } from '../../model/index.ts';
import type { Batch, OptimizerUpdate, LogitBias, TrainableNetwork } from '../engine.ts';
import { randomBatch } from '../random-batch.ts';
import { createReferenceEngine } from '../reference/index.ts';
import { compileKernels } from './compile-kernels.ts';
import type { KernelBuild } from './compile-kernels.ts';
import { createArena } from './arena.ts';
import { Allocator } from './layout/memory-plan.ts';
import { WasmNetwork } from './network.ts';
import { REASONS, varyingReason } from '../reasons.ts';

export interface KernelChoice {
  readonly build: KernelBuild;
  /** Why it was chosen, a short phrase. */
  readonly reason: string;
}

/** Time for which each build is measured. */
const TRIAL_MS = 25;
/** A smaller gain may be chance, and is not worth results that differ from those of the last training. */
const MIN_GAIN = 1.15;
/** The largest difference from the reference as part of a tensor's norm; single precision leaves about 1e-6. */
const TOLERANCE = 1e-4;

let choice: Promise<KernelChoice> | undefined;

/** The faster build whose results are right. Measured once per process, in about a fifth of a second. */
export function chooseKernels(): Promise<KernelChoice> {
  choice ??= measureAndChoose();
  return choice;
}

async function measureAndChoose(): Promise<KernelChoice> {
  const plain = await compileKernels('plain');
  let wide: WebAssembly.Module;
  try {
    wide = await compileKernels('wide');
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    return { build: 'plain', reason: REASONS.noRelaxedSimd };
  }
  const [ofPlain, ofWide] = [gigaflops(plain), gigaflops(wide)];
  const speeds = varyingReason('speeds', Math.round(ofWide), Math.round(ofPlain));
  if (ofWide < MIN_GAIN * ofPlain) return { build: 'plain', reason: varyingReason('wideTooSlow', speeds) };
  await setImmediate();
  if (!(await matchesReference(wide))) return { build: 'plain', reason: REASONS.wrongResults };
  return { build: 'wide', reason: speeds };
}

/** The speed of the most common product, in billions of floating point operations per second: the best of many runs. */
function gigaflops(module: WebAssembly.Module): number {
  const [rows, columns, depth] = [24, 512, 128];
  const memory = new Allocator();
  const a = memory.floats(rows * depth);
  const panels = memory.floats(depth * columns);
  const c = memory.floats(rows * columns);
  const { kernels } = createArena(module, memory.size, 'inference');
  let fastest = Infinity;
  for (const end = performance.now() + TRIAL_MS; performance.now() < end;) {
    const start = performance.now();
    for (let i = 0; i < 8; i++) {
      kernels.product(a, depth, panels, c, columns, c, columns, rows, columns, depth);
    }
    fastest = Math.min(fastest, performance.now() - start);
  }
  return (8 * 2 * rows * columns * depth) / fastest / 1e6;
}

/**
 * The networks that are compared with the reference. Large epsilons keep small gradients small: divided by their own
 * size, they would be dominated by rounding.
 */
const CHECKS: readonly { cell: Cell; prior?: true; optimizer: OptimizerUpdate }[] = [
  { cell: 'lstm', optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } },
  { cell: 'gru', prior: true, optimizer: { kind: 'rmsprop', alpha: 0.9, epsilon: 0.1 } },
  { cell: 'rnn', optimizer: { kind: 'sgd' } },
];

/** Whether gradients of small networks, and weights after some steps, agree with those of the reference. */
async function matchesReference(module: WebAssembly.Module): Promise<boolean> {
  for (const { optimizer, ...shape } of CHECKS) {
    const specification = { ...shape, layers: 2, units: 21, embedding: 9, dropout: 0, vocabularySize: 27 };
    const limits = { batchSize: 7, sequenceLength: 5 };
    const tested = await WasmNetwork.create(module, specification, limits, 1);
    const reference = await createReferenceEngine().createNetwork(specification, limits);
    try {
      const weights = initialWeights(specification, 0);
      const batch = randomBatch(27, limits.batchSize, limits.sequenceLength);
      const window = shape.prior ? { ...batch, logitBias: biasOf(batch) } : batch;
      const actual = computedBy(tested, weights, window, optimizer);
      const expected = computedBy(reference, weights, window, optimizer);
      const isClose = ([name, numbers]: [string, Float32Array]) =>
        relativeDifference(actual.get(name) ?? [], numbers) < TOLERANCE;
      if (![...expected].every(isClose)) return false;
    } finally {
      tested.dispose();
      reference.dispose();
    }
  }
  return true;
}

/** A logit bias with one entry per row, which often names the wrong symbol. */
function biasOf({ inputs }: Batch): LogitBias {
  return { entries: 1, symbols: inputs, values: Float32Array.from(inputs, (symbol) => symbol / 5) };
}

/** A network's gradients, and its weights, losses and state after a few steps. */
function computedBy(
  network: TrainableNetwork,
  weights: Tensors,
  batch: Batch,
  optimizer: OptimizerUpdate,
): Tensors {
  network.setWeights(weights);
  const numbers = new Map<string, Float32Array>();
  for (const [name, values] of network.gradients(batch).gradients) numbers.set(`gradient of ${name}`, values);
  for (let step = 0; step < 3; step++) {
    network.trainStep(batch, { optimizer, learningRate: 0.002, clipNorm: 0.5 });
  }
  const { loss, joint } = network.evaluate(batch);
  numbers.set('losses', Float32Array.of(loss, joint?.loss ?? 0));
  for (const [name, values] of [...network.weights(), ...network.state()]) numbers.set(name, values);
  return numbers;
}

/** The largest difference as part of the norm of `expected`; NaN if a value is NaN. */
function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  let squares = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
    squares += expected[i] ** 2;
  }
  return largest === 0 ? 0 : largest / Math.sqrt(squares);
}
