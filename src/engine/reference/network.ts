import { momentNames, optimizerOf, parameterShapes, stateNames } from '../../model/index.ts';
import type { NetworkSpecification, Optimizer, OptimizerState, Tensors } from '../../model/index.ts';
import { checkBatch } from '../batch.ts';
import type { BatchLimits } from '../engine.ts';
import type { Batch, Evaluation, Gradients, InspectableNetwork, StepResult, Update } from '../engine.ts';
import { optimizerStep } from './optimizers.ts';
import { runPass } from './pass.ts';
import type { CarriedState, DoubleTensors, Pass } from './pass.ts';
import type { CrossEntropy } from './softmax-cross-entropy.ts';

/**
 * A network in training. It computes in double precision within a window and rounds weights, moments and state to
 * floats between windows, so that the exported floats are its whole state.
 */
export class ReferenceNetwork implements InspectableNetwork {
  readonly specification: NetworkSpecification;
  readonly batchSize: number;
  private readonly limits: BatchLimits;
  private parameters: DoubleTensors;
  private optimizer: Optimizer = 'adam';
  /** Moments by PyTorch's names, such as `exp_avg`. */
  private moments: ReadonlyMap<string, DoubleTensors>;
  private steps = 0;
  private carried: CarriedState;

  constructor(specification: NetworkSpecification, limits: BatchLimits) {
    this.specification = specification;
    this.batchSize = limits.batchSize;
    this.limits = limits;
    this.parameters = zeros(specification);
    this.moments = this.zeroMoments();
    this.carried = this.zeroState();
  }

  setWeights(weights: Tensors): void {
    this.parameters = doubles(this.specification, weights, '');
  }

  weights(): Tensors {
    return floats(this.parameters);
  }

  setOptimizerState({ steps, moments }: OptimizerState): void {
    const optimizer = optimizerOf(moments);
    this.moments = new Map(
      momentNames(optimizer).map((name) => [name, doubles(this.specification, moments, `${name}.`)]),
    );
    this.optimizer = optimizer;
    this.steps = steps;
  }

  optimizerState(): OptimizerState {
    const moments = new Map<string, Float32Array>();
    for (const [moment, tensors] of this.moments) {
      for (const [name, values] of floats(tensors)) moments.set(`${moment}.${name}`, values);
    }
    return { steps: this.steps, moments };
  }

  setState(state: Tensors): void {
    const get = (name: 'h' | 'c') => {
      const size = this.carried[name].length;
      const values = state.get(name) ?? new Float32Array();
      if (values.length !== size) throw new RangeError(`state ${name} has not ${size} values`);
      return Float64Array.from(values);
    };
    this.carried = { h: get('h'), c: get('c') };
  }

  state(): Tensors {
    return floats(new Map(stateNames(this.specification.cell).map((name) => [name, this.carried[name]])));
  }

  resetState(): void {
    this.carried = this.zeroState();
  }

  trainStep(batch: Batch, { optimizer, learningRate, clipNorm }: Update): StepResult {
    const pass = this.run(batch);
    const gradients = pass.gradients();
    const result = { ...meanLosses(pass), gradientNorm: globalNorm(gradients) };
    const { gradientNorm } = result;
    if (!Object.values(result).every(Number.isFinite)) return result;
    const scale = gradientNorm > clipNorm ? clipNorm / gradientNorm : 1;
    if (optimizer.kind !== this.optimizer) {
      this.optimizer = optimizer.kind;
      this.moments = this.zeroMoments();
      this.steps = 0;
    }
    this.steps++;
    for (const [name, gradient] of gradients) {
      if (!batch.logitBias && name.startsWith('prior.')) continue;
      const clipped = gradient.map((value) => value * scale);
      const weight = required(this.parameters, name);
      const moments = [...this.moments.values()].map((tensors) => required(tensors, name));
      optimizerStep(optimizer, { weight, moments }, clipped, learningRate, this.steps);
      [weight, ...moments].forEach(roundToFloats);
    }
    return result;
  }

  gradients(batch: Batch): Gradients {
    const pass = this.run(batch);
    return { ...meanLosses(pass), gradients: floats(pass.gradients()) };
  }

  evaluate(batch: Batch): Evaluation {
    const { alone, joint } = this.run(withoutDropout(batch));
    const { loss, correct } = alone.entropy;
    return {
      ...{ loss, count: alone.entropy.count, correct },
      ...(joint && { joint: { loss: joint.entropy.loss, correct: joint.entropy.correct } }),
    };
  }

  logits(batch: Batch): Float32Array {
    const { alone, joint = alone } = this.run(withoutDropout(batch));
    return Float32Array.from(joint.logits);
  }

  dispose(): void {
    this.parameters = new Map();
    this.moments = new Map();
  }

  private run(batch: Batch): Pass {
    checkBatch(this.specification, this.limits, batch);
    const pass = runPass(this.specification, this.parameters, this.carried, batch);
    this.carried = pass.state;
    Object.values(pass.state).forEach(roundToFloats);
    return pass;
  }

  private zeroState(): CarriedState {
    const size = this.specification.layers * this.batchSize * this.specification.units;
    const hasCells = stateNames(this.specification.cell).includes('c');
    return { h: new Float64Array(size), c: new Float64Array(hasCells ? size : 0) };
  }

  private zeroMoments(): ReadonlyMap<string, DoubleTensors> {
    return new Map(momentNames(this.optimizer).map((name) => [name, zeros(this.specification)]));
  }
}

function withoutDropout(batch: Batch): Batch {
  return { ...batch, dropoutMasks: undefined };
}

function meanLosses({ alone, joint }: Pass): Pick<StepResult, 'loss' | 'jointLoss'> {
  return {
    loss: meanLoss(alone.entropy),
    ...(joint && { jointLoss: meanLoss(joint.entropy) }),
  };
}

function meanLoss({ loss, count }: CrossEntropy): number {
  return count === 0 ? 0 : loss / count;
}

function globalNorm(tensors: DoubleTensors): number {
  let sum = 0;
  for (const values of tensors.values()) for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

function required(tensors: DoubleTensors, name: string): Float64Array {
  const found = tensors.get(name);
  if (found === undefined) throw new Error(`no tensor ${name}`);
  return found;
}

function zeros(specification: NetworkSpecification): DoubleTensors {
  return new Map(
    [...parameterShapes(specification)].map(([name, shape]) => [name, new Float64Array(sizeOf(shape))]),
  );
}

function doubles(specification: NetworkSpecification, tensors: Tensors, prefix: string): DoubleTensors {
  const result = new Map<string, Float64Array>();
  for (const [name, shape] of parameterShapes(specification)) {
    const values = tensors.get(prefix + name);
    if (values?.length !== sizeOf(shape)) {
      throw new RangeError(`${prefix}${name} has ${values?.length ?? 0} values instead of ${sizeOf(shape)}`);
    }
    result.set(name, Float64Array.from(values));
  }
  return result;
}

function floats(tensors: DoubleTensors): Map<string, Float32Array> {
  return new Map([...tensors].map(([name, values]) => [name, Float32Array.from(values)]));
}

function roundToFloats(values: Float64Array): void {
  values.set(Float32Array.from(values));
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
