import { RandomGenerator } from '../../src/model/index.ts';
import { FEATURES, type JudgeWeights } from '../../src/surprise/index.ts';

/** A line to learn from: the features of its tokens, and whether a mistake was put into it. */
export interface JudgedLine {
  readonly tokens: readonly Float32Array[];
  readonly isWrong: boolean;
}

const UNITS = 16;
const EPOCHS = 12;
const BATCH_LINES = 64;
const RATES = { first: 0.004, last: 0.0003 };
const WEIGHT_DECAY = 1e-5;
/** Of a right line's tokens at the beginning of the training, log of the odds that one is wrong. */
const FIRST_BIAS = -5;
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** Weights of one layer, their gradients of a batch, and Adam's moments. */
class Parameters {
  readonly values: Float64Array;
  readonly gradients: Float64Array;
  private readonly first: Float64Array;
  private readonly second: Float64Array;

  constructor(values: Float64Array) {
    this.values = values;
    this.gradients = new Float64Array(values.length);
    this.first = new Float64Array(values.length);
    this.second = new Float64Array(values.length);
  }

  /** One step of Adam (Kingma and Ba, 2015), after which the gradients are zero. */
  step(rate: number, count: number, scale: number): void {
    const { beta1, beta2, epsilon } = ADAM;
    for (let i = 0; i < this.values.length; i++) {
      const gradient = this.gradients[i] * scale + WEIGHT_DECAY * this.values[i];
      this.first[i] = beta1 * this.first[i] + (1 - beta1) * gradient;
      this.second[i] = beta2 * this.second[i] + (1 - beta2) * gradient ** 2;
      const mean = this.first[i] / (1 - beta1 ** count);
      this.values[i] -= (rate * mean) / (Math.sqrt(this.second[i] / (1 - beta2 ** count)) + epsilon);
      this.gradients[i] = 0;
    }
  }
}

/** What is subtracted from each feature, and what it is divided by then. */
interface Scale {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/**
 * Learns the judge's weights. A line is right if all of its tokens are, so its loss is -ln of the product of their
 * probabilities or, with a mistake in it, of one minus that; which token is wrong is not said.
 */
export class JudgeTrainer {
  private readonly lines: readonly JudgedLine[];
  private readonly scale: Scale;
  private readonly random: RandomGenerator;
  private readonly hidden: Parameters;
  private readonly bias = new Parameters(new Float64Array(UNITS));
  private readonly output: Parameters;
  private readonly outputBias = new Parameters(Float64Array.of(FIRST_BIAS));
  private readonly activations = new Float64Array(UNITS);
  private readonly inputs = new Float64Array(FEATURES.length);
  private steps = 0;

  constructor(lines: readonly JudgedLine[], seed: number) {
    this.lines = lines;
    this.scale = scaleOf(lines);
    this.random = new RandomGenerator(seed);
    const uniform = () => (this.random.nextUniform() - 0.5) / 2;
    this.hidden = new Parameters(Float64Array.from({ length: UNITS * FEATURES.length }, uniform));
    this.output = new Parameters(Float64Array.from({ length: UNITS }, uniform));
  }

  /** @param onEpoch called with the mean loss of a line in nats */
  train(onEpoch: (epoch: number, loss: number) => void): JudgeWeights {
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      const rate = RATES.last + (RATES.first - RATES.last) * (1 - epoch / EPOCHS);
      const order = this.shuffledLines();
      let loss = 0;
      for (let from = 0; from < order.length; from += BATCH_LINES) {
        const batch = order.slice(from, from + BATCH_LINES);
        for (const line of batch) loss += this.learn(line);
        this.steps++;
        for (const each of [this.hidden, this.bias, this.output, this.outputBias])
          each.step(rate, this.steps, 1 / batch.length);
      }
      onEpoch(epoch, loss / order.length);
    }
    return this.weights();
  }

  /** Adds the gradients of a line. @returns its loss */
  private learn({ tokens, isWrong }: JudgedLine): number {
    const logits = tokens.map((token) => this.logit(token));
    const right = logits.reduce((sum, z) => sum + softplus(z), 0);
    const wrong = Math.max(-Math.expm1(-right), 1e-9);
    const slope = isWrong ? -Math.exp(-right) / wrong : 1;
    for (const [index, z] of logits.entries()) this.propagate(tokens[index], slope / (1 + Math.exp(-z)));
    return isWrong ? -Math.log(wrong) : right;
  }

  private logit(token: Float32Array): number {
    const { inputs, activations, scale } = this;
    for (let i = 0; i < inputs.length; i++) inputs[i] = (token[i] - scale.means[i]) / scale.deviations[i];
    let z = this.outputBias.values[0];
    for (let unit = 0; unit < UNITS; unit++) {
      let sum = this.bias.values[unit];
      for (let i = 0; i < inputs.length; i++) sum += this.hidden.values[unit * inputs.length + i] * inputs[i];
      activations[unit] = Math.tanh(sum);
      z += this.output.values[unit] * activations[unit];
    }
    return z;
  }

  /** @param dz gradient of the loss by the token's logit; a tiny one changes nothing */
  private propagate(token: Float32Array, dz: number): void {
    if (Math.abs(dz) < 1e-5) return;
    this.logit(token);
    const { inputs, activations } = this;
    this.outputBias.gradients[0] += dz;
    for (let unit = 0; unit < UNITS; unit++) {
      this.output.gradients[unit] += dz * activations[unit];
      const dSum = dz * this.output.values[unit] * (1 - activations[unit] ** 2);
      this.bias.gradients[unit] += dSum;
      for (let i = 0; i < inputs.length; i++)
        this.hidden.gradients[unit * inputs.length + i] += dSum * inputs[i];
    }
  }

  private shuffledLines(): JudgedLine[] {
    const order = [...this.lines];
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(this.random.nextUniform() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  /** The weights for features as they are, without the scale. */
  private weights(): JudgeWeights {
    const { means, deviations } = this.scale;
    const width = FEATURES.length;
    const rows = Array.from({ length: UNITS }, (_, unit) =>
      [...this.hidden.values.subarray(unit * width, (unit + 1) * width)].map(
        (weight, i) => weight / deviations[i],
      ),
    );
    return {
      features: FEATURES,
      hidden: rows.map((row) => row.map(rounded)),
      bias: rows.map((row, unit) =>
        rounded(row.reduce((sum, weight, i) => sum - weight * means[i], this.bias.values[unit])),
      ),
      output: [...this.output.values].map(rounded),
      outputBias: rounded(this.outputBias.values[0]),
    };
  }
}

function scaleOf(lines: readonly JudgedLine[]): Scale {
  const means = new Float64Array(FEATURES.length);
  const deviations = new Float64Array(FEATURES.length);
  let tokens = 0;
  for (const line of lines) {
    for (const token of line.tokens) {
      tokens++;
      for (let i = 0; i < token.length; i++) {
        means[i] += token[i];
        deviations[i] += token[i] ** 2;
      }
    }
  }
  for (let i = 0; i < means.length; i++) {
    means[i] /= tokens;
    deviations[i] = Math.sqrt(Math.max(0, deviations[i] / tokens - means[i] ** 2)) || 1;
  }
  return { means, deviations };
}

function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
