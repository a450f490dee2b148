import type { NetworkSpecification, OptimizerState, Tensors } from '../../model/index.ts';
import { checkBatch } from '../batch.ts';
import type { BatchLimits } from '../batch.ts';
import type { Batch, Evaluation, StepResult, TrainableNetwork, Update } from '../engine.ts';
import { adamStep } from './adam.ts';
import type { AdamVectors } from './adam.ts';
import { gradientsOf } from './backward.ts';
import type { TensorFlowBinding, TensorId } from './binding.ts';
import { decode, runLayers } from './forward.ts';
import type { ForwardPass, LayerState, Window } from './forward.ts';
import { Operations } from './operations.ts';
import { ParameterLayout } from './parameter-layout.ts';
import { parametersFrom } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import { priorTensor } from './prior.ts';

/** A window from its symbols to its logits [T·B, V]. */
interface Prediction {
  readonly parameters: Parameters;
  readonly window: Window;
  readonly pass: ForwardPass;
  readonly logits: TensorId;
  /** Counted targets. */
  readonly count: number;
}

/** An LSTM in training, its numbers inside TensorFlow. */
export class TensorFlowNetwork implements TrainableNetwork {
  readonly specification: NetworkSpecification;
  readonly batchSize: number;
  private readonly limits: BatchLimits;
  private readonly operations: Operations;
  private readonly layout: ParameterLayout;
  private vectors: AdamVectors;
  private carried: readonly LayerState[];
  private optimizerSteps = 0;

  constructor(binding: TensorFlowBinding, specification: NetworkSpecification, limits: BatchLimits) {
    this.specification = specification;
    this.batchSize = limits.batchSize;
    this.limits = limits;
    this.operations = new Operations(binding);
    this.layout = new ParameterLayout(specification);
    const zeros = () => this.vector(new Float32Array(this.layout.size));
    this.vectors = { weights: zeros(), first: zeros(), second: zeros() };
    this.carried = this.zeroState();
  }

  setWeights(weights: Tensors): void {
    this.replaceVectors({ weights: this.vector(this.layout.toVector(weights)) });
  }

  weights(): Tensors {
    return this.layout.fromVector(this.operations.read(this.vectors.weights));
  }

  setOptimizerState({ steps, moments }: OptimizerState): void {
    const first = this.layout.toVector(moments, 'exp_avg.');
    const second = this.layout.toVector(moments, 'exp_avg_sq.');
    this.replaceVectors({ first: this.vector(first), second: this.vector(second) });
    this.optimizerSteps = steps;
  }

  optimizerState(): OptimizerState {
    const moments = this.layout.fromVector(this.operations.read(this.vectors.first), 'exp_avg.');
    this.layout.fromVector(this.operations.read(this.vectors.second), 'exp_avg_sq.', moments);
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
    this.replaceState(this.carried.map((_, layer) => ({ c: part('c', layer), h: part('h', layer) })));
  }

  state(): Tensors {
    const size = this.batchSize * this.specification.units;
    const all = (name: 'c' | 'h') => {
      const values = new Float32Array(size * this.carried.length);
      this.carried.forEach((layer, l) => values.set(this.operations.read(layer[name]), l * size));
      return values;
    };
    return new Map([
      ['h', all('h')],
      ['c', all('c')],
    ]);
  }

  resetState(): void {
    this.replaceState(this.zeroState());
  }

  trainStep(batch: Batch, { optimizer, learningRate, clipNorm }: Update): StepResult {
    return this.operations.passing(() => {
      const { loss, gradients } = this.forwardAndBackward(batch);
      const gradient = this.operations.concatenate(
        this.layout.names.map((name) => this.operations.reshape(gradients.get(name)!, [-1])),
      );
      const [halfOfSquares] = this.operations.read(this.operations.l2Loss(gradient));
      const gradientNorm = Math.sqrt(2 * halfOfSquares);
      if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) return { loss, gradientNorm };
      this.optimizerSteps++;
      const { weights, first, second } = adamStep(
        this.operations,
        this.vectors,
        gradient,
        optimizer,
        this.optimizerSteps,
        learningRate,
        gradientNorm > clipNorm ? clipNorm / gradientNorm : 1,
      );
      const keep = (id: TensorId) => this.operations.keep(id);
      this.replaceVectors({ weights: keep(weights), first: keep(first), second: keep(second) });
      return { loss, gradientNorm };
    });
  }

  gradients(batch: Batch): { readonly loss: number; readonly gradients: Tensors } {
    return this.operations.passing(() => {
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
    return this.operations.passing(() => {
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
    return this.operations.passing(() => this.operations.read(this.predict(batch, []).logits));
  }

  dispose(): void {
    this.operations.dispose();
  }

  /** The mean loss and its gradients; carries the state. */
  private forwardAndBackward(batch: Batch) {
    const { operations, specification } = this;
    const { parameters, window, pass, logits, count } = this.predict(batch, batch.dropoutMasks ?? []);
    const [losses, dLosses] = operations.crossEntropy(logits, this.labels(batch));
    // Zero for targets that do not count.
    const shares = Float32Array.from(batch.targets, (target) => (target >= 0 ? 1 / count : 0));
    const dLogits = operations.multiply(dLosses, operations.floats([shares.length, 1], shares));
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
      prior: batch.prior && priorTensor(operations, batch.prior, specification.vocabularySize),
    };
    const parameters = parametersFrom(operations, specification, this.layout, this.vectors.weights);
    const pass = runLayers(operations, specification, parameters, this.carried, window);
    const logits = decode(operations, parameters, pass.hidden, window.prior);
    // The pass back still needs the state from before, so that is not freed but passes.
    this.carried.forEach(({ c, h }) => [c, h].forEach((id) => operations.letPass(id)));
    this.carried = pass.state.map(({ c, h }) => ({ c: operations.keep(c), h: operations.keep(h) }));
    return { parameters, window, pass, logits, count };
  }

  /** [T·B] labels that TensorFlow takes: it refuses negative ones, so those that do not count become 0. */
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
    return Array.from({ length: this.specification.layers }, () => ({ c: zeros(), h: zeros() }));
  }

  private replaceVectors(next: Partial<AdamVectors>): void {
    for (const name of ['weights', 'first', 'second'] as const) {
      if (next[name] !== undefined) this.operations.free(this.vectors[name]);
    }
    this.vectors = { ...this.vectors, ...next };
  }

  private replaceState(next: readonly LayerState[]): void {
    this.carried.forEach(({ c, h }) => [c, h].forEach((id) => this.operations.free(id)));
    this.carried = next;
  }
}

function sum(values: Float32Array | Uint8Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
