import { RandomGenerator } from '../model/index.ts';
import { exp, tanh } from './exact-math.ts';

/*
 * The vanilla RNN of the classic hundred lines of numpy (Karpathy, "min-char-rnn", 2015), written out in double
 * precision without any engine: one stream, one layer of tanh, one-hot input, losses summed over a window,
 * gradients clipped by value, Adagrad. Sums are taken in the order of the indices, so that test/recipes can repeat
 * them in numpy to the bit: while its first updates are large the loop is chaotic.
 */

/** Gradients are clipped to ±5. */
const CLIP = 5;
const EPSILON = 1e-8;
/** Exponents below this give probabilities that do not change a sum of doubles. */
const MIN_EXPONENT = -700;
const INITIAL_SCALE = 0.01;

/** V symbols, H units; all row-major. */
export interface PlainParameters {
  /** [H, V] input to hidden. */
  readonly Wxh: Float64Array;
  /** [H, H] hidden to hidden. */
  readonly Whh: Float64Array;
  /** [V, H] hidden to output. */
  readonly Why: Float64Array;
  /** [H] */
  readonly bh: Float64Array;
  /** [V] */
  readonly by: Float64Array;
}

const PARAMETER_NAMES = ['Wxh', 'Whh', 'Why', 'bh', 'by'] as const;

/** Weights N(0, 0.01²), biases zero. */
export function plainParameters(V: number, H: number, seed: number): PlainParameters {
  const random = new RandomGenerator(seed);
  const normal = (size: number): Float64Array =>
    Float64Array.from({ length: size }, () => random.nextNormal() * INITIAL_SCALE);
  return {
    Wxh: normal(H * V),
    Whh: normal(H * H),
    Why: normal(V * H),
    bh: new Float64Array(H),
    by: new Float64Array(V),
  };
}

/** The network with its hidden state and Adagrad's sums of squares. */
export class MinCharRnn {
  readonly parameters: PlainParameters;
  private readonly V: number;
  private readonly H: number;
  private readonly squares: PlainParameters;
  private readonly gradients: PlainParameters;
  private state: Float64Array;

  constructor(parameters: PlainParameters) {
    this.parameters = parameters;
    this.H = parameters.bh.length;
    this.V = parameters.by.length;
    const zeros = (): PlainParameters => ({
      Wxh: new Float64Array(parameters.Wxh.length),
      Whh: new Float64Array(parameters.Whh.length),
      Why: new Float64Array(parameters.Why.length),
      bh: new Float64Array(this.H),
      by: new Float64Array(this.V),
    });
    this.squares = zeros();
    this.gradients = zeros();
    this.state = new Float64Array(this.H);
  }

  /** Zeroes the hidden state. */
  reset(): void {
    this.state = new Float64Array(this.H);
  }

  /**
   * Reads `inputs`, learns to predict `targets`, and carries the hidden state on.
   * @returns the loss before the update, in nats, summed over the window.
   */
  step(inputs: ArrayLike<number>, targets: ArrayLike<number>, learningRate: number): number {
    const { hidden, probabilities, loss } = this.forward(inputs, targets);
    this.backward(inputs, targets, hidden, probabilities);
    this.update(learningRate);
    this.state = hidden[inputs.length];
    return loss;
  }

  /** The hidden state [H] after `symbol`, from the one before it. */
  advance(before: ArrayLike<number>, symbol: number): Float64Array {
    const { V, H } = this;
    const { Wxh, Whh, bh } = this.parameters;
    const h = new Float64Array(H);
    for (let i = 0; i < H; i++) {
      let sum = bh[i] + Wxh[i * V + symbol];
      for (let j = 0; j < H; j++) sum += Whh[i * H + j] * before[j];
      h[i] = tanh(sum);
    }
    return h;
  }

  /** The logits [V] of a hidden state. */
  logits(h: ArrayLike<number>): Float64Array {
    const { V, H } = this;
    const { Why, by } = this.parameters;
    const logits = new Float64Array(V);
    for (let v = 0; v < V; v++) {
      let sum = by[v];
      for (let i = 0; i < H; i++) sum += Why[v * H + i] * h[i];
      logits[v] = sum;
    }
    return logits;
  }

  /** @returns hidden states before each symbol and after the last, and the probabilities after each. */
  private forward(inputs: ArrayLike<number>, targets: ArrayLike<number>) {
    const { V } = this;
    const hidden = [this.state];
    const probabilities: Float64Array[] = [];
    let loss = 0;
    for (let t = 0; t < inputs.length; t++) {
      const h = this.advance(hidden[t], inputs[t]);
      const p = this.logits(h);
      const largest = p.reduce((a, b) => Math.max(a, b), -Infinity);
      let total = 0;
      for (let v = 0; v < V; v++) total += p[v] = exp(Math.max(p[v] - largest, MIN_EXPONENT));
      for (let v = 0; v < V; v++) p[v] /= total;
      loss -= Math.log(p[targets[t]]);
      hidden.push(h);
      probabilities.push(p);
    }
    return { hidden, probabilities, loss };
  }

  private backward(
    inputs: ArrayLike<number>,
    targets: ArrayLike<number>,
    hidden: readonly Float64Array[],
    probabilities: readonly Float64Array[],
  ): void {
    const { V, H, gradients: d } = this;
    const { Whh, Why } = this.parameters;
    for (const name of PARAMETER_NAMES) d[name].fill(0);
    let dhNext = new Float64Array(H);
    for (let t = inputs.length - 1; t >= 0; t--) {
      const dy = probabilities[t];
      dy[targets[t]] -= 1;
      const h = hidden[t + 1];
      const dh = dhNext;
      for (let v = 0; v < V; v++) {
        d.by[v] += dy[v];
        for (let i = 0; i < H; i++) {
          d.Why[v * H + i] += dy[v] * h[i];
          dh[i] += Why[v * H + i] * dy[v];
        }
      }
      dhNext = new Float64Array(H);
      for (let i = 0; i < H; i++) {
        const dRaw = (1 - h[i] * h[i]) * dh[i];
        d.bh[i] += dRaw;
        d.Wxh[i * V + inputs[t]] += dRaw;
        for (let j = 0; j < H; j++) {
          d.Whh[i * H + j] += dRaw * hidden[t][j];
          dhNext[j] += Whh[i * H + j] * dRaw;
        }
      }
    }
  }

  private update(learningRate: number): void {
    for (const name of PARAMETER_NAMES) {
      const [values, gradient, squares] = [this.parameters[name], this.gradients[name], this.squares[name]];
      for (let i = 0; i < values.length; i++) {
        const g = Math.max(-CLIP, Math.min(CLIP, gradient[i]));
        squares[i] += g * g;
        values[i] -= (learningRate * g) / Math.sqrt(squares[i] + EPSILON);
      }
    }
  }
}

/** The loss as the original prints it: of a window of T symbols, smoothed over a thousand windows. */
export class SmoothLoss {
  value: number;

  /** Starts at the loss of guessing. */
  constructor(V: number, T: number) {
    this.value = Math.log(V) * T;
  }

  add(loss: number): void {
    this.value = this.value * 0.999 + loss * 0.001;
  }
}

/** Consecutive windows of T symbols. At the end of the text it starts again, and the network's state is reset. */
export class Windows {
  private readonly symbols: Int32Array;
  private readonly T: number;
  private position = 0;
  /** Number of times that the text was read to its end. */
  epochs = 0;

  /** @param symbols at least T + 2. */
  constructor(symbols: Int32Array, T: number) {
    this.symbols = symbols;
    this.T = T;
  }

  next(): { inputs: Int32Array; targets: Int32Array; begins: boolean } {
    if (this.position + this.T + 1 >= this.symbols.length) {
      this.position = 0;
      this.epochs++;
    }
    const at = this.position;
    this.position += this.T;
    return {
      inputs: this.symbols.subarray(at, at + this.T),
      targets: this.symbols.subarray(at + 1, at + this.T + 1),
      begins: at === 0,
    };
  }
}
