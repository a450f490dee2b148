import { FEATURES } from './features.ts';
import weights from './judge.json';

/** A network with one hidden layer: z = output · tanh(hidden x + bias) + outputBias. */
export interface JudgeWeights {
  /** Names of the features x, in order. */
  readonly features: readonly string[];
  /** [units][features.length] */
  readonly hidden: readonly (readonly number[])[];
  /** [units] */
  readonly bias: readonly number[];
  /** [units] */
  readonly output: readonly number[];
  readonly outputBias: number;
}

/**
 * Says how surprising a token is: -log2 of the probability that it is what was meant, which is 1 - sigmoid(z). Bits of
 * the tokens of a line add up to those of the line, whose tokens must all be right for it to be so. The weights were
 * learnt from mistakes that were seeded into files (`npm run bench -- learn-surprise`), each line with a mistake
 * weighing as much as one without, as in Pradel and Sen, DeepBugs, 2018.
 */
export class Judge {
  private readonly units: number;
  private readonly hidden: Float64Array;
  private readonly weights: JudgeWeights;

  constructor(learnt: JudgeWeights = weights) {
    if (learnt.features.join() !== FEATURES.join()) {
      throw new Error('the weights of the judge are for other features');
    }
    this.weights = learnt;
    this.units = learnt.bias.length;
    this.hidden = Float64Array.from(learnt.hidden.flat());
  }

  /** @param features as `Evidence` gives them @returns bits, at least 0 */
  surprise(features: Float32Array): number {
    const { bias, output, outputBias } = this.weights;
    const count = features.length;
    let z = outputBias;
    for (let unit = 0; unit < this.units; unit++) {
      let sum = bias[unit];
      for (let i = 0; i < count; i++) sum += this.hidden[unit * count + i] * features[i];
      z += output[unit] * Math.tanh(sum);
    }
    // log2(1 + e^z) without overflow.
    return (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))) / Math.LN2;
  }
}
