import type { Example } from './examples.ts';

/** As src/context-model/kernels/rescoring/rescore.ts has it. */
const MAX_OUTPUT = 8;
const MAX_ROWS = 65;
/** 32-bit words of an example before its vectors, and of a row; an input is one. */
const HEAD_WORDS = 2;
const ROW_WORDS = 3;
/** Of the differences in an example. */
const DIFFERENCE_SCALE = 1 / 1024;

/** The hidden layer's shape: units, and vectors chosen by what is known of a position. */
export interface RescoringShape {
  readonly hidden: number;
  readonly positionSets: number;
}

/** The gradient of the hidden layer of the context model, summed over examples. */
export class RescoringGradient {
  readonly weights: Float32Array;
  /** [weights] of what is to be made small, ln 1 / p of the symbols that came. */
  readonly sum: Float32Array;
  private readonly shape: RescoringShape;
  /** [MAX_ROWS, hidden] hidden units, then what is learnt of them. */
  private readonly units: Float32Array;
  /** [hidden] what all rows have in common. */
  private readonly common: Float32Array;
  /** Of the inputs of all rows, in order: where the row's units and the input's weights begin, and the difference. */
  private inputUnits = new Int32Array(MAX_ROWS);
  private inputWeights = new Int32Array(MAX_ROWS);
  private inputs = new Float32Array(MAX_ROWS);
  private readonly outputs = new Float32Array(MAX_ROWS);
  private readonly scaled = new Float32Array(MAX_ROWS);

  /** @param weights as the kernels have them (kernels/rescoring/layout.ts); read anew by each call */
  constructor(weights: Float32Array, shape: RescoringShape) {
    this.weights = weights;
    this.sum = new Float32Array(weights.length);
    this.shape = shape;
    this.units = new Float32Array(MAX_ROWS * shape.hidden);
    this.common = new Float32Array(shape.hidden);
  }

  /** Adds the gradient of one example. @returns ln 1 / p of what came, but for what the layer does not change of it */
  add(example: Example): number {
    const rows = example.integers[example.begin];
    if (rows === 0) return 0;
    const count = this.unpackInputs(example, rows);
    this.computeUnits(example, rows, count);
    const all = this.computeOutputs(example, rows);
    const right = example.integers[example.begin + 1];
    this.addVectors(example, rows, all);
    this.addInputs(count);
    return Math.log(all) - (right < 0 ? 0 : Math.log(this.scaled[right]));
  }

  private firstRow({ begin }: Example): number {
    return begin + HEAD_WORDS + this.shape.positionSets;
  }

  /** Sets the inputs, which grow where there are more than before. @returns their number */
  private unpackInputs(example: Example, rows: number): number {
    const { integers } = example;
    const { hidden } = this.shape;
    const first = this.firstRow(example);
    const begin = first + rows * ROW_WORDS;
    let count = 0;
    for (let row = 0; row < rows; row++) count += integers[first + row * ROW_WORDS + 2];
    if (count > this.inputs.length) {
      this.inputUnits = new Int32Array(2 * count);
      this.inputWeights = new Int32Array(2 * count);
      this.inputs = new Float32Array(2 * count);
    }
    const { inputUnits, inputWeights, inputs } = this;
    let input = 0;
    for (let row = 0; row < rows; row++) {
      const end = input + integers[first + row * ROW_WORDS + 2];
      for (; input < end; input++) {
        const packed = integers[begin + input];
        inputUnits[input] = row * hidden;
        inputWeights[input] = (packed & 0xffff) * hidden;
        inputs[input] = (packed >> 16) * DIFFERENCE_SCALE;
      }
    }
    return count;
  }

  /** Sets `units` to the rows' inputs times weights, and `common` to what is added to all of them. */
  private computeUnits({ integers, begin }: Example, rows: number, count: number): void {
    const { units, common, weights, inputUnits, inputWeights, inputs } = this;
    const { hidden, positionSets } = this.shape;
    units.fill(0, 0, rows * hidden);
    common.fill(0);
    for (let input = 0; input < count; input++) {
      const unit = inputUnits[input];
      const weight = inputWeights[input];
      const x = inputs[input];
      for (let u = 0; u < hidden; u++) units[unit + u] += x * weights[weight + u];
    }
    for (let row = 0; row < rows; row++) {
      for (let u = 0; u < hidden; u++) common[u] += units[row * hidden + u];
    }
    for (let u = 0; u < hidden; u++) common[u] /= -rows;
    for (let set = 0; set < positionSets; set++) {
      const weight = integers[begin + HEAD_WORDS + set] * hidden;
      for (let u = 0; u < hidden; u++) common[u] += weights[weight + u];
    }
  }

  /** Completes `units`, and sets `outputs` and `scaled`, the probabilities before they are divided by their sum. @returns the sum */
  private computeOutputs(example: Example, rows: number): number {
    const { units, common, weights, outputs, scaled } = this;
    const { hidden } = this.shape;
    const first = this.firstRow(example);
    const last = weights.length - hidden;
    let all = 1;
    for (let row = 0; row < rows; row++) {
      const unit = row * hidden;
      const vector = example.integers[first + row * ROW_WORDS] * hidden;
      let output = 0;
      for (let u = 0; u < hidden; u++) {
        const x = Math.max(units[unit + u] + common[u] + weights[vector + u], 0);
        units[unit + u] = x;
        output += x * weights[last + u];
      }
      const probability = example.floats[first + row * ROW_WORDS + 1];
      outputs[row] = output;
      scaled[row] = probability * Math.exp(Math.min(Math.max(output, -MAX_OUTPUT), MAX_OUTPUT));
      all += scaled[row] - probability;
    }
    return all;
  }

  /** Adds what is of all vectors but the inputs', and leaves gradients less their mean in `units`. */
  private addVectors(example: Example, rows: number, all: number): void {
    const { units, common, weights, sum, outputs, scaled } = this;
    const { hidden, positionSets } = this.shape;
    const { integers, begin } = example;
    const first = this.firstRow(example);
    const last = weights.length - hidden;
    const right = integers[begin + 1];
    common.fill(0);
    for (let row = 0; row < rows; row++) {
      const unit = row * hidden;
      const vector = integers[first + row * ROW_WORDS] * hidden;
      let error = scaled[row] / all - (row === right ? 1 : 0);
      // Beyond its bounds an output changes nothing, and would grow without end.
      if (outputs[row] * error < 0 && Math.abs(outputs[row]) > MAX_OUTPUT) error = 0;
      for (let u = 0; u < hidden; u++) {
        const x = units[unit + u];
        sum[last + u] += error * x;
        const gradient = x > 0 ? error * weights[last + u] : 0;
        units[unit + u] = gradient;
        sum[vector + u] += gradient;
        common[u] += gradient;
      }
    }
    for (let set = 0; set < positionSets; set++) {
      const weight = integers[begin + HEAD_WORDS + set] * hidden;
      for (let u = 0; u < hidden; u++) sum[weight + u] += common[u];
    }
    for (let u = 0; u < hidden; u++) common[u] /= rows;
    for (let row = 0; row < rows; row++) {
      for (let u = 0; u < hidden; u++) units[row * hidden + u] -= common[u];
    }
  }

  private addInputs(count: number): void {
    const { units, sum, inputUnits, inputWeights, inputs } = this;
    const { hidden } = this.shape;
    for (let input = 0; input < count; input++) {
      const unit = inputUnits[input];
      const weight = inputWeights[input];
      const x = inputs[input];
      for (let u = 0; u < hidden; u++) sum[weight + u] += x * units[unit + u];
    }
  }
}
