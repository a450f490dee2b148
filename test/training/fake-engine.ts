import type {
  Batch,
  Engine,
  Evaluation,
  StepResult,
  TrainableNetwork,
  Update,
} from '../../src/engine/index.ts';
import { parameterShapes } from '../../src/model/index.ts';
import type { NetworkSpecification, OptimizerState, Tensors } from '../../src/model/index.ts';

/** What the networks of a fake engine did, and what they shall do. */
export interface FakeEngineScript {
  /** What a step gives, by its number in the life of the network; left out: something finite. */
  result?: (step: number) => StepResult | undefined | void;
  /**
   * Nats per symbol that a network which was never trained, one that measures held-out files, finds at its measure
   * number `measure`, from 0; left out: what follows from the weights.
   */
  heldOut?: (measure: number) => number | undefined;
  /** Called at the begin of every `evaluate`. */
  onEvaluate?: (batch: Batch) => void;
  /** Windows trained on. */
  readonly trained: { readonly batch: Batch; readonly update: Update }[];
  /** Networks made and not disposed of. */
  alive: number;
}

/**
 * An engine whose weights, moments and state depend on everything it was ever given, to the bit, so that equal weights
 * mean equal histories. Weights fall with every step, and losses with them.
 */
export function fakeEngine(script: FakeEngineScript): Engine {
  return {
    name: 'reference',
    createNetwork: (specification, { batchSize }) => {
      script.alive++;
      return Promise.resolve(new FakeNetwork(specification, batchSize, script));
    },
    createStepper: () => Promise.reject(new Error('a fake engine does not step')),
  };
}

class FakeNetwork implements TrainableNetwork {
  readonly specification: NetworkSpecification;
  readonly batchSize: number;
  private readonly script: FakeEngineScript;
  private parameters = new Map<string, Float32Array>();
  private moments = new Map<string, Float32Array>();
  private hidden: Map<string, Float32Array>;
  private steps = 0;
  private measures = 0;
  private isTrained = false;

  constructor(specification: NetworkSpecification, batchSize: number, script: FakeEngineScript) {
    this.specification = specification;
    this.batchSize = batchSize;
    this.script = script;
    for (const [name, shape] of parameterShapes(specification)) {
      const size = shape.reduce((a, b) => a * b, 1);
      this.parameters.set(name, new Float32Array(size));
      this.moments.set(`exp_avg.${name}`, new Float32Array(size));
      this.moments.set(`exp_avg_sq.${name}`, new Float32Array(size));
    }
    const stateSize = specification.layers * batchSize * specification.units;
    this.hidden = new Map(['h', 'c'].map((name) => [name, new Float32Array(stateSize)]));
  }

  setWeights(weights: Tensors): void {
    this.parameters = copy(weights);
    this.measures++;
  }
  weights(): Tensors {
    return copy(this.parameters);
  }
  setOptimizerState({ steps, moments }: OptimizerState): void {
    this.isTrained = true;
    this.steps = steps;
    this.moments = copy(moments);
  }
  optimizerState(): OptimizerState {
    return { steps: this.steps, moments: copy(this.moments) };
  }
  setState(state: Tensors): void {
    this.hidden = copy(state);
  }
  state(): Tensors {
    return copy(this.hidden);
  }
  resetState(): void {
    for (const values of this.hidden.values()) values.fill(0);
  }

  trainStep(batch: Batch, update: Update): StepResult {
    this.script.trained.push({ batch, update });
    const step = this.steps++;
    const value = this.read(batch);
    const loss = this.loss(value);
    for (const [name, values] of this.parameters) {
      const first = this.moments.get(`exp_avg.${name}`)!;
      const second = this.moments.get(`exp_avg_sq.${name}`)!;
      for (let i = 0; i < values.length; i++) {
        first[i] = 0.9 * first[i] + 0.1 * value;
        second[i] = 0.5 * second[i] + value * value;
        values[i] -= update.learningRate * first[i];
      }
    }
    return this.script.result?.(step) ?? { loss, gradientNorm: value };
  }

  evaluate(batch: Batch): Evaluation {
    this.script.onEvaluate?.(batch);
    const value = this.read(batch);
    const count = batch.targets.reduce((sum, target) => sum + (target < 0 ? 0 : 1), 0);
    const scripted = this.isTrained ? undefined : this.script.heldOut?.(this.measures - 1);
    return { loss: (scripted ?? this.loss(value)) * count, count, correct: 0 };
  }

  gradients(): never {
    throw new Error('a fake network has no gradients');
  }
  logits(): never {
    throw new Error('a fake network has no logits');
  }
  dispose(): void {
    this.script.alive--;
  }

  /** Falls with the weights; `value` in [0, 1) makes a difference too small to hide that. */
  private loss(value: number): number {
    let sum = 0;
    let size = 0;
    for (const values of this.parameters.values()) {
      for (const weight of values) sum += weight;
      size += values.length;
    }
    return 5 + sum / size + 1e-6 * value;
  }

  /** A number in [0, 1) that follows from everything; changes the carried state. */
  private read({ inputs, targets, dropoutMasks = [] }: Batch): number {
    let digest = 17;
    const mix = (values: ArrayLike<number>): void => {
      for (let i = 0; i < values.length; i++) digest = (digest * 31 + values[i] * 7919 + i) % 1_000_003;
    };
    mix(inputs);
    mix(targets);
    for (const tensor of [...dropoutMasks, ...this.parameters.values(), ...this.hidden.values()]) mix(tensor);
    for (const values of this.hidden.values()) values.fill(digest / 1_000_003);
    return Math.abs(digest) / 1_000_003;
  }
}

function copy(tensors: Tensors): Map<string, Float32Array> {
  return new Map([...tensors].map(([name, values]) => [name, values.slice()]));
}
