import { momentNames, optimizerOf, stateNames } from '../../model/index.ts';
import type { NetworkSpecification, Optimizer, OptimizerState, Tensors } from '../../model/index.ts';
import { checkBatch } from '../batch.ts';
import type { BatchLimits } from '../engine.ts';
import type { Batch, Evaluation, InspectableNetwork, StepResult, Update } from '../engine.ts';
import { gradientsOf } from './layers/backward.ts';
import type { TensorFlowBinding, TensorId } from './runtime/binding.ts';
import { decode, runLayers } from './layers/forward.ts';
import type { ForwardPass, Window } from './layers/forward.ts';
import type { LayerState } from './layers/layer.ts';
import { Operations } from './operations/operations.ts';
import { optimizerStep } from './optimizers.ts';
import type { OptimizedVectors } from './optimizers.ts';
import { ParameterLayout } from './layers/parameter-layout.ts';
import { parametersFrom } from './layers/parameters.ts';
import type { Parameters } from './layers/parameters.ts';
import { denseLogitBias } from './layers/logit-bias.ts';

/** The forward pass of a window, with its logits [T·B, V]. */
interface Prediction {
  readonly parameters: Parameters;
  readonly window: Window;
  readonly pass: ForwardPass;
  readonly logits: TensorId;
  /** Number of counted targets. */
  readonly count: number;
}

/** A network in training whose tensors live inside TensorFlow. */
export class TensorFlowNetwork implements InspectableNetwork {
  readonly specification: NetworkSpecification;
  readonly batchSize: number;
  private readonly limits: BatchLimits;
  private readonly operations: Operations;
  private readonly layout: ParameterLayout;
  private optimizer: Optimizer = 'adam';
  private vectors: OptimizedVectors;
  private carried: readonly LayerState[];
  private optimizerSteps = 0;

  constructor(binding: TensorFlowBinding, specification: NetworkSpecification, limits: BatchLimits) {
    this.specification = specification;
    this.batchSize = limits.batchSize;
    this.limits = limits;
    this.operations = new Operations(binding);
    this.layout = new ParameterLayout(specification);
    this.vectors = { weights: this.zeros(), moments: this.zeroMoments() };
    this.carried = this.zeroState();
  }

  setWeights(weights: Tensors): void {
    const weightsVector = this.vector(this.layout.toVector(weights));
    this.operations.free(this.vectors.weights);
    this.vectors = { ...this.vectors, weights: weightsVector };
  }

  weights(): Tensors {
    return this.layout.fromVector(this.operations.read(this.vectors.weights));
  }

  setOptimizerState({ steps, moments }: OptimizerState): void {
    const optimizer = optimizerOf(moments);
    const vectors = momentNames(optimizer).map((name) => this.layout.toVector(moments, `${name}.`));
    this.replaceMoments(vectors.map((vector) => this.vector(vector)));
    this.optimizer = optimizer;
    this.optimizerSteps = steps;
  }

  optimizerState(): OptimizerState {
    const moments = new Map<string, Float32Array>();
    momentNames(this.optimizer).forEach((name, i) => {
      this.layout.fromVector(this.operations.read(this.vectors.moments[i]), `${name}.`, moments);
    });
    return { steps: this.optimizerSteps, moments };
  }

  setState(state: Tensors): void {
    const size = this.batchSize * this.specification.units;
    const part = (name: string, layer: number) => {
      const values = state.get(name);
      const expected = size * this.specification.layers;
      if (values?.length !== expected) {
        throw new RangeError(`state ${name} has ${values?.length ?? 0} values instead of ${expected}`);
      }
      return this.stateTensor(values.slice(layer * size, (layer + 1) * size));
    };
    const names = stateNames(this.specification.cell);
    this.replaceState(this.carried.map((_, layer) => stateOf(names, (name) => part(name, layer))));
  }

  state(): Tensors {
    const size = this.batchSize * this.specification.units;
    const all = (name: 'c' | 'h') => {
      const values = new Float32Array(size * this.carried.length);
      this.carried.forEach((layer, l) => values.set(this.operations.read(layer[name]!), l * size));
      return values;
    };
    return new Map(stateNames(this.specification.cell).map((name) => [name, all(name)]));
  }

  resetState(): void {
    this.replaceState(this.zeroState());
  }

  trainStep(batch: Batch, { optimizer, learningRate, clipNorm }: Update): StepResult {
    return this.operations.scope(() => {
      const { loss, gradients } = this.forwardAndBackward(batch);
      const gradient = this.operations.concatenate(
        this.layout.names.map((name) => this.operations.reshape(gradients.get(name)!, [-1])),
      );
      const [halfOfSquares] = this.operations.read(this.operations.l2Loss(gradient));
      const gradientNorm = Math.sqrt(2 * halfOfSquares);
      if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) return { loss, gradientNorm };
      if (optimizer.kind !== this.optimizer) {
        this.optimizer = optimizer.kind;
        this.replaceMoments(this.zeroMoments().map((id) => this.operations.keep(id)));
        this.optimizerSteps = 0;
      }
      this.optimizerSteps++;
      const clipped =
        gradientNorm > clipNorm
          ? this.operations.multiply(gradient, this.operations.scalar(clipNorm / gradientNorm))
          : gradient;
      const { weights, moments } = optimizerStep(
        this.operations,
        optimizer,
        this.vectors,
        clipped,
        this.optimizerSteps,
        learningRate,
      );
      this.replaceMoments(moments.map((id) => this.operations.keep(id)));
      this.operations.free(this.vectors.weights);
      this.vectors = { ...this.vectors, weights: this.operations.keep(weights) };
      return { loss, gradientNorm };
    });
  }

  gradients(batch: Batch): { readonly loss: number; readonly gradients: Tensors } {
    return this.operations.scope(() => {
      const { loss, gradients } = this.forwardAndBackward(batch);
      const vector = new Float32Array(this.layout.size);
      let offset = 0;
      this.layout.names.forEach((name, i) => {
        vector.set(this.operations.read(gradients.get(name)!), offset);
        offset += this.layout.sizes[i];
      });
      return { loss, gradients: this.layout.fromVector(vector) };
    });
  }

  evaluate(batch: Batch): Evaluation {
    return this.operations.scope(() => {
      const { logits, count } = this.predict(batch, []);
      const labels = this.labels(batch);
      const [losses] = this.operations.crossEntropy(logits, labels);
      const isCounted = (_: number, row: number) => batch.targets[row] >= 0;
      const loss = sum(this.operations.read(losses).filter(isCounted));
      const hits = this.operations.readBooleans(this.operations.isLargest(logits, labels));
      return { loss, count, correct: sum(hits.filter(isCounted)) };
    });
  }

  logits(batch: Batch): Float32Array {
    return this.operations.scope(() => this.operations.read(this.predict(batch, []).logits));
  }

  dispose(): void {
    this.operations.dispose();
  }

  /** Computes the mean loss and its gradients; carries the state. */
  private forwardAndBackward(batch: Batch) {
    const { operations, specification } = this;
    const { parameters, window, pass, logits, count } = this.predict(batch, batch.dropoutMasks ?? []);
    const [losses, dLosses] = operations.crossEntropy(logits, this.labels(batch));
    // Zero for targets that do not count.
    const weights = Float32Array.from(batch.targets, (target) => (target >= 0 ? 1 / count : 0));
    const dLogits = operations.multiply(dLosses, operations.floats([weights.length, 1], weights));
    const gradients = gradientsOf(operations, specification, parameters, window, pass, dLogits);
    const isCounted = (_: number, row: number) => batch.targets[row] >= 0;
    const loss = count === 0 ? 0 : sum(operations.read(losses).filter(isCounted)) / count;
    return { loss, gradients };
  }

  private predict(batch: Batch, masks: readonly Float32Array[]): Prediction {
    const { operations, specification, batchSize } = this;
    const count = checkBatch(specification, this.limits, batch);
    const { sequenceLength: T } = batch;
    const shape = [T, batchSize, specification.units];
    const window: Window = {
      length: T,
      streams: batchSize,
      inputs: operations.integers([T * batchSize], batch.inputs),
      masks: masks.map((mask) => operations.floats(shape, mask)),
      logitBias: batch.logitBias && denseLogitBias(operations, batch.logitBias, specification.vocabularySize),
    };
    const parameters = parametersFrom(operations, specification, this.layout, this.vectors.weights);
    const pass = runLayers(operations, specification, parameters, this.carried, window);
    const logits = decode(operations, parameters, pass.hidden, window.logitBias);
    // The backward pass still reads the old state, so it is released to the scope instead of being freed.
    this.carried.flatMap(tensorsOf).forEach((id) => operations.release(id));
    this.carried = pass.state;
    this.carried.flatMap(tensorsOf).forEach((id) => operations.keep(id));
    return { parameters, window, pass, logits, count };
  }

  /** The targets [T·B] as TensorFlow's labels. It refuses negative ones, so targets that do not count become 0. */
  private labels({ targets }: Batch): TensorId {
    return this.operations.integers(
      [targets.length],
      targets.map((target) => Math.max(0, target)),
    );
  }

  private vector(values: Float32Array): TensorId {
    return this.operations.floats([values.length], values);
  }

  private stateTensor(values: Float32Array): TensorId {
    return this.operations.floats([this.batchSize, this.specification.units], values);
  }

  private zeroState(): LayerState[] {
    const zeros = () => this.stateTensor(new Float32Array(this.batchSize * this.specification.units));
    const names = stateNames(this.specification.cell);
    return Array.from({ length: this.specification.layers }, () => stateOf(names, zeros));
  }

  private zeros(): TensorId {
    return this.vector(new Float32Array(this.layout.size));
  }

  private zeroMoments(): TensorId[] {
    return momentNames(this.optimizer).map(() => this.zeros());
  }

  private replaceMoments(moments: readonly TensorId[]): void {
    this.vectors.moments.forEach((id) => this.operations.free(id));
    this.vectors = { ...this.vectors, moments };
  }

  private replaceState(next: readonly LayerState[]): void {
    this.carried.flatMap(tensorsOf).forEach((id) => this.operations.free(id));
    this.carried = next;
  }
}

function stateOf(names: readonly ('h' | 'c')[], make: (name: 'h' | 'c') => TensorId): LayerState {
  return names.includes('c') ? { h: make('h'), c: make('c') } : { h: make('h') };
}

function tensorsOf({ h, c }: LayerState): TensorId[] {
  return c === undefined ? [h] : [h, c];
}

function sum(values: Float32Array | Uint8Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
