import { momentNames, optimizerOf, stateNames } from '../../model/index.ts';
import type { NetworkSpecification, Optimizer, OptimizerState, Tensors } from '../../model/index.ts';
import { checkBatch } from '../batch.ts';
import type { BatchLimits } from '../engine.ts';
import type { Batch, Evaluation, Gradients, InspectableNetwork, StepResult, Update } from '../engine.ts';
import { JOINT_LOSS_WEIGHT } from '../joint-loss.ts';
import { gradientsOf } from './layers/backward.ts';
import type { TensorFlowBinding, TensorId } from './runtime/binding.ts';
import { decode, decodeJointly, runLayers } from './layers/forward.ts';
import type { ForwardPass, Window } from './layers/forward.ts';
import type { LayerState } from './layers/layer.ts';
import { Operations } from './operations/operations.ts';
import { optimizerStep } from './optimizers.ts';
import type { OptimizedVectors } from './optimizers.ts';
import { ParameterLayout } from './layers/parameter-layout.ts';
import { parametersFrom } from './layers/parameters.ts';
import type { Parameters } from './layers/parameters.ts';
import { denseLogitBias } from './layers/logit-bias.ts';
import { meanLoss, scoreOf } from './layers/loss.ts';

/** The forward pass of a window, with the logits [T·B, V] of each output layer. */
interface Prediction {
  readonly parameters: Parameters;
  readonly window: Window;
  readonly pass: ForwardPass;
  readonly logits: TensorId;
  /** Undefined without a logit bias. */
  readonly jointLogits: TensorId | undefined;
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
      const { losses, gradients } = this.forwardAndBackward(batch);
      const gradient = this.operations.concatenate(
        this.layout.names.map((name) => this.operations.reshape(gradients.get(name)!, [-1])),
      );
      const [halfOfSquares] = this.operations.read(this.operations.l2Loss(gradient));
      const gradientNorm = Math.sqrt(2 * halfOfSquares);
      const result = { ...losses, gradientNorm };
      if (!Object.values(result).every(Number.isFinite)) return result;
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
      const stepped = optimizerStep(
        this.operations,
        optimizer,
        this.vectors,
        clipped,
        this.optimizerSteps,
        learningRate,
      );
      const { weights, moments } = batch.logitBias ? stepped : this.withoutJointStep(stepped);
      this.replaceMoments(moments.map((id) => this.operations.keep(id)));
      this.operations.free(this.vectors.weights);
      this.vectors = { ...this.vectors, weights: this.operations.keep(weights) };
      return result;
    });
  }

  gradients(batch: Batch): Gradients {
    return this.operations.scope(() => {
      const { losses, gradients } = this.forwardAndBackward(batch);
      const vector = new Float32Array(this.layout.size);
      let offset = 0;
      this.layout.names.forEach((name, i) => {
        vector.set(this.operations.read(gradients.get(name)!), offset);
        offset += this.layout.sizes[i];
      });
      return { ...losses, gradients: this.layout.fromVector(vector) };
    });
  }

  evaluate(batch: Batch): Evaluation {
    return this.operations.scope(() => {
      const { logits, jointLogits, count } = this.predict(batch, []);
      return {
        ...scoreOf(this.operations, logits, batch.targets),
        count,
        ...(jointLogits !== undefined && { joint: scoreOf(this.operations, jointLogits, batch.targets) }),
      };
    });
  }

  logits(batch: Batch): Float32Array {
    return this.operations.scope(() => {
      const { logits, jointLogits = logits } = this.predict(batch, []);
      return this.operations.read(jointLogits);
    });
  }

  dispose(): void {
    this.operations.dispose();
  }

  /** The vectors after a step, but for the joint output's part, which is as it was. */
  private withoutJointStep({ weights, moments }: OptimizedVectors): OptimizedVectors {
    const { operations, layout, vectors } = this;
    const { size, sizeBeforeJoint: end } = layout;
    if (end === size) return { weights, moments };
    const mended = (now: TensorId, before: TensorId): TensorId =>
      operations.concatenate([
        operations.slice(now, [0], [end]),
        operations.slice(before, [end], [size - end]),
      ]);
    return {
      weights: mended(weights, vectors.weights),
      moments: moments.map((moment, index) => mended(moment, vectors.moments[index])),
    };
  }

  /** Computes the mean losses and their gradients; carries the state. */
  private forwardAndBackward(batch: Batch) {
    const { operations, specification } = this;
    const prediction = this.predict(batch, batch.dropoutMasks ?? []);
    const { parameters, window, pass, logits, jointLogits } = prediction;
    const alone = meanLoss(operations, logits, batch.targets);
    const joint =
      jointLogits === undefined
        ? undefined
        : meanLoss(operations, jointLogits, batch.targets, JOINT_LOSS_WEIGHT);
    const dLogits = { alone: alone.dLogits, joint: joint?.dLogits };
    return {
      losses: { loss: alone.loss, ...(joint && { jointLoss: joint.loss }) },
      gradients: gradientsOf(operations, specification, parameters, window, pass, dLogits),
    };
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
    const logits = decode(operations, parameters.decoder, pass.hidden);
    const jointLogits =
      window.logitBias !== undefined && parameters.joint !== undefined
        ? decodeJointly(operations, parameters.joint, pass.hidden, window.logitBias)
        : undefined;
    // The backward pass still reads the old state, so it is released to the scope instead of being freed.
    this.carried.flatMap(tensorsOf).forEach((id) => operations.release(id));
    this.carried = pass.state;
    this.carried.flatMap(tensorsOf).forEach((id) => operations.keep(id));
    return { parameters, window, pass, logits, jointLogits, count };
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
