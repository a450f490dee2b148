import type { NetworkSpecification, OptimizerState, Tensors } from '../../model/index.ts';
import { checkBatch } from '../batch.ts';
import type { BatchLimits } from '../batch.ts';
import type { Batch, Evaluation, StepResult, TrainableNetwork, Update } from '../engine.ts';
import { backward } from './backward.ts';
import { forward } from './forward.ts';
import type { Workspace } from './forward.ts';
import { createArena } from './kernels.ts';
import { planNetwork } from './memory-plan.ts';

/** An LSTM in training, in a memory of its own. */
export class WasmNetwork implements TrainableNetwork {
  readonly specification: NetworkSpecification;
  readonly batchSize: number;
  private readonly limits: BatchLimits;
  private numbers: Workspace | undefined;
  private optimizerSteps = 0;

  constructor(module: WebAssembly.Module, specification: NetworkSpecification, limits: BatchLimits) {
    this.specification = specification;
    this.batchSize = limits.batchSize;
    this.limits = limits;
    const plan = planNetwork(specification, limits);
    const arena = createArena(module, plan.size);
    this.numbers = { specification, batchSize: limits.batchSize, plan, arena };
  }

  setWeights(weights: Tensors): void {
    this.workspace.plan.parameters.storeWeights(weights, this.region('weights'));
  }

  weights(): Tensors {
    const tensors = new Map<string, Float32Array>();
    this.workspace.plan.parameters.load(this.region('weights'), '', tensors);
    return tensors;
  }

  setOptimizerState({ steps, moments }: OptimizerState): void {
    const { parameters } = this.workspace.plan;
    parameters.store(moments, 'exp_avg.', this.region('firstMoments'));
    parameters.store(moments, 'exp_avg_sq.', this.region('secondMoments'));
    this.optimizerSteps = steps;
  }

  optimizerState(): OptimizerState {
    const { parameters } = this.workspace.plan;
    const moments = new Map<string, Float32Array>();
    parameters.load(this.region('firstMoments'), 'exp_avg.', moments);
    parameters.load(this.region('secondMoments'), 'exp_avg_sq.', moments);
    return { steps: this.optimizerSteps, moments };
  }

  setState(state: Tensors): void {
    this.resetState();
    for (const [name, region] of this.carried()) {
      const source = state.get(name);
      const units = this.specification.units;
      const streams = this.specification.layers * this.batchSize;
      if (source?.length !== streams * units) {
        throw new RangeError(`state ${name} has ${source?.length ?? 0} values instead of ${streams * units}`);
      }
      copyRows(source, units, region, this.workspace.plan.units, streams, units);
    }
  }

  state(): Tensors {
    const { units, layers } = this.specification;
    const streams = layers * this.batchSize;
    return new Map(
      this.carried().map(([name, region]) => {
        const values = new Float32Array(streams * units);
        copyRows(region, this.workspace.plan.units, values, units, streams, units);
        return [name, values];
      }),
    );
  }

  resetState(): void {
    for (const [, region] of this.carried()) region.fill(0);
  }

  trainStep(batch: Batch, { optimizer, learningRate, clipNorm }: Update): StepResult {
    const loss = this.forwardAndBackward(batch);
    const { plan, arena } = this.workspace;
    const { kernels } = arena;
    const count = plan.parameters.floats;
    const gradientNorm = Math.sqrt(kernels.sumOfSquares(plan.gradients, count));
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) return { loss, gradientNorm };
    const { beta1, beta2, epsilon } = optimizer;
    this.optimizerSteps++;
    kernels.adam(
      plan.weights,
      plan.gradients,
      plan.firstMoments,
      plan.secondMoments,
      count,
      gradientNorm > clipNorm ? clipNorm / gradientNorm : 1,
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      learningRate / (1 - beta1 ** this.optimizerSteps),
      1 / Math.sqrt(1 - beta2 ** this.optimizerSteps),
      epsilon,
    );
    return { loss, gradientNorm };
  }

  gradients(batch: Batch): { readonly loss: number; readonly gradients: Tensors } {
    const loss = this.forwardAndBackward(batch);
    const gradients = new Map<string, Float32Array>();
    this.workspace.plan.parameters.load(this.region('gradients'), '', gradients);
    return { loss, gradients };
  }

  evaluate(batch: Batch): Evaluation {
    const count = this.takeIn(batch);
    const { plan, arena } = this.workspace;
    forward(this.workspace, batch.sequenceLength, false);
    const rows = batch.sequenceLength * this.batchSize;
    arena.integers[plan.hits / 4] = 0;
    const loss = arena.kernels.crossEntropyAndHits(plan.logits, plan.targets, rows, plan.symbols, plan.hits);
    return { loss, count, correct: arena.integers[plan.hits / 4] };
  }

  logits(batch: Batch): Float32Array {
    this.takeIn(batch);
    const { plan, arena } = this.workspace;
    forward(this.workspace, batch.sequenceLength, false);
    const rows = batch.sequenceLength * this.batchSize;
    const { vocabularySize } = this.specification;
    const values = new Float32Array(rows * vocabularySize);
    const padded = arena.floats.subarray(plan.logits / 4);
    copyRows(padded, plan.symbols, values, vocabularySize, rows, vocabularySize);
    return values;
  }

  dispose(): void {
    this.numbers = undefined;
  }

  private get workspace(): Workspace {
    if (this.numbers === undefined) throw new Error('the network was disposed of');
    return this.numbers;
  }

  private forwardAndBackward(batch: Batch): number {
    const counted = this.takeIn(batch);
    const dropout = batch.dropoutMasks !== undefined;
    forward(this.workspace, batch.sequenceLength, dropout);
    const sum = backward(this.workspace, batch.sequenceLength, counted, dropout);
    return counted === 0 ? 0 : sum / counted;
  }

  /** Checks a batch and copies it in; returns the number of counted targets. */
  private takeIn(batch: Batch): number {
    const { plan, arena } = this.workspace;
    const counted = checkBatch(this.specification, this.limits, batch);
    arena.integers.set(batch.inputs, plan.inputs / 4);
    arena.integers.set(batch.targets, plan.targets / 4);
    const rows = batch.sequenceLength * this.batchSize;
    const { units } = this.specification;
    batch.dropoutMasks?.forEach((mask, boundary) => {
      const target = plan.layers[boundary + 1]?.dropout?.mask ?? 0;
      copyRows(mask, units, arena.floats.subarray(target / 4), plan.units, rows, units);
    });
    return counted;
  }

  private region(name: 'weights' | 'gradients' | 'firstMoments' | 'secondMoments'): Float32Array {
    const { plan, arena } = this.workspace;
    const start = plan[name] / 4;
    return arena.floats.subarray(start, start + plan.parameters.floats);
  }

  /** The carried state by name, padded. */
  private carried(): readonly (readonly [string, Float32Array])[] {
    const { plan, arena } = this.workspace;
    const count = this.specification.layers * this.batchSize * plan.units;
    const view = (start: number) => arena.floats.subarray(start / 4, start / 4 + count);
    return [
      ['h', view(plan.carriedOutputs)],
      ['c', view(plan.carriedCells)],
    ];
  }
}

/** Copies `rows` rows of `columns` values between arrays whose rows are `fromStride` and `toStride` apart. */
function copyRows(
  from: Float32Array,
  fromStride: number,
  to: Float32Array,
  toStride: number,
  rows: number,
  columns: number,
): void {
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < columns; c++) to[row * toStride + c] = from[row * fromStride + c];
  }
}
