import type { TensorFlowBinding, TensorId } from '../runtime/binding.ts';
import { attributesFor } from './attributes.ts';
import { TensorOwner } from './tensor-owner.ts';

/** What BlockLSTM gives for a window, each [T, B, H]: gates i, f, o, the candidate ci, cells cs, tanh(cs) and outputs h. */
export interface BlockOutputs {
  readonly i: TensorId;
  readonly cs: TensorId;
  readonly f: TensorId;
  readonly o: TensorId;
  readonly ci: TensorId;
  readonly co: TensorId;
  readonly h: TensorId;
}

/** TensorFlow's operations by name. Their results belong to the owner; see `TensorOwner`. */
export class Operations extends TensorOwner {
  private readonly attributes: ReturnType<typeof attributesFor>;

  constructor(binding: TensorFlowBinding) {
    super(binding);
    this.attributes = attributesFor(binding);
  }

  add(a: TensorId, b: TensorId): TensorId {
    return this.one('AddV2', this.attributes.float, [a, b]);
  }

  subtract(a: TensorId, b: TensorId): TensorId {
    return this.one('Sub', this.attributes.float, [a, b]);
  }

  multiply(a: TensorId, b: TensorId): TensorId {
    return this.one('Mul', this.attributes.float, [a, b]);
  }

  divide(a: TensorId, b: TensorId): TensorId {
    return this.one('RealDiv', this.attributes.float, [a, b]);
  }

  sigmoid(a: TensorId): TensorId {
    return this.one('Sigmoid', this.attributes.float, [a]);
  }

  tanh(a: TensorId): TensorId {
    return this.one('Tanh', this.attributes.float, [a]);
  }

  /** The gradient of x from that of y = sigmoid(x). */
  sigmoidGradient(y: TensorId, dY: TensorId): TensorId {
    return this.one('SigmoidGrad', this.attributes.float, [y, dY]);
  }

  /** The gradient of x from that of y = tanh(x). */
  tanhGradient(y: TensorId, dY: TensorId): TensorId {
    return this.one('TanhGrad', this.attributes.float, [y, dY]);
  }

  square(a: TensorId): TensorId {
    return this.one('Square', this.attributes.float, [a]);
  }

  squareRoot(a: TensorId): TensorId {
    return this.one('Sqrt', this.attributes.float, [a]);
  }

  /** Half the sum of the squares, a scalar. */
  l2Loss(a: TensorId): TensorId {
    return this.one('L2Loss', this.attributes.float, [a]);
  }

  /** a · b, each transposed first where asked for. */
  product(a: TensorId, b: TensorId, transposed: { a?: boolean; b?: boolean } = {}): TensorId {
    const { a: left = false, b: right = false } = transposed;
    return this.one('MatMul', this.attributes.product[`${left}-${right}`], [a, b]);
  }

  transpose(a: TensorId): TensorId {
    return this.one('Transpose', this.attributes.transpose, [a, this.constant([1, 0])]);
  }

  reshape(a: TensorId, shape: readonly number[]): TensorId {
    return this.one('Reshape', this.attributes.reshape, [a, this.constant(shape)]);
  }

  slice(a: TensorId, begin: readonly number[], size: readonly number[]): TensorId {
    return this.one('Slice', this.attributes.slice, [a, this.constant(begin), this.constant(size)]);
  }

  concatenate(parts: readonly TensorId[], axis = 0): TensorId {
    const attributes = [...this.attributes.concatenate, this.attributes.count('N', parts.length)];
    return this.one('ConcatV2', attributes, [...parts, this.constant(axis)]);
  }

  /** Cuts a tensor along an axis into parts of the given sizes. */
  split(a: TensorId, sizes: readonly number[], axis = 0): TensorId[] {
    const attributes = [...this.attributes.split, this.attributes.count('num_split', sizes.length)];
    return this.run('SplitV', attributes, [a, this.constant(sizes), this.constant(axis)], sizes.length);
  }

  /** Cuts a tensor [n, …] into n tensors without the first dimension. */
  unpack(a: TensorId, n: number): TensorId[] {
    const { float, firstAxis, count } = this.attributes;
    return this.run('Unpack', [...float, firstAxis, count('num', n)], [a], n);
  }

  pack(parts: readonly TensorId[]): TensorId {
    const { float, firstAxis, count } = this.attributes;
    return this.one('Pack', [...float, firstAxis, count('N', parts.length)], parts);
  }

  /** The rows of a matrix that `rows` numbers. */
  gather(matrix: TensorId, rows: TensorId): TensorId {
    return this.one('GatherV2', this.attributes.gather, [matrix, rows, this.constant(0)]);
  }

  /** Row n of the result is the sum of the rows whose number is n. */
  sumByNumber(rows: TensorId, numbers: TensorId, count: number): TensorId {
    return this.one('UnsortedSegmentSum', this.attributes.sumByNumber, [rows, numbers, this.constant(count)]);
  }

  oneHot(numbers: TensorId, depth: number): TensorId {
    const on = this.constantFloats('one', [], 1);
    const off = this.constantFloats('zero', [], 0);
    return this.one('OneHot', this.attributes.oneHot, [numbers, this.constant(depth), on, off]);
  }

  /**
   * Softmax cross entropy of logits [R, V] with labels [R], each in [0, V).
   * @returns losses [R] and their gradients [R, V].
   */
  crossEntropy(logits: TensorId, labels: TensorId): [losses: TensorId, gradients: TensorId] {
    const [losses, gradients] = this.run(
      'SparseSoftmaxCrossEntropyWithLogits',
      this.attributes.crossEntropy,
      [logits, labels],
      2,
    );
    return [losses, gradients];
  }

  /** Whether each label's logit is the largest of its row, ties included: booleans [R]. */
  isLargest(logits: TensorId, labels: TensorId): TensorId {
    return this.one('InTopK', this.attributes.isLargest, [logits, labels]);
  }

  /**
   * An LSTM layer over a window, in one operation. Gates stand in the order i c f o.
   * @param x [T, B, I]. @param cs, h [B, H] at its beginning. @param w [I+H, 4H]. @param b [4H].
   */
  blockLstm(
    length: number,
    x: TensorId,
    cs: TensorId,
    h: TensorId,
    w: TensorId,
    b: TensorId,
    units: number,
  ): BlockOutputs {
    const none = this.constantFloats('no peephole', [units], 0);
    const inputs = [this.windowLength(length), x, cs, h, w, none, none, none, b];
    const out = this.run('BlockLSTM', this.attributes.blockLstm, inputs, 7);
    return { i: out[0], cs: out[1], f: out[2], o: out[3], ci: out[4], co: out[5], h: out[6] };
  }

  /**
   * The backward pass through the gates of one time step of BlockLSTM.
   * @param dCs, dH [B, H] gradients of its cells and outputs.
   * @returns the gradients of the cells before it [B, H] and of its gates [B, 4H], before their functions.
   */
  blockCellGradient(
    at: {
      readonly x: TensorId;
      readonly csBefore: TensorId;
      readonly hBefore: TensorId;
      readonly w: TensorId;
      readonly b: TensorId;
      readonly outputs: BlockOutputs;
    },
    dCs: TensorId,
    dH: TensorId,
    units: number,
  ): [dCsBefore: TensorId, dGates: TensorId] {
    const none = this.constantFloats('no peephole', [units], 0);
    const { i, cs, f, o, ci, co } = at.outputs;
    const before = [at.x, at.csBefore, at.hBefore, at.w, none, none, none, at.b];
    const inputs = [...before, i, cs, f, o, ci, co, dCs, dH];
    const results = this.run('LSTMBlockCellGrad', this.attributes.cellGradient, inputs, 5);
    for (const peephole of results.slice(2)) this.free(peephole);
    return [results[0], results[1]];
  }

  /** An int64 scalar, made once because the binding never frees the memory of such tensors. */
  private windowLength(length: number): TensorId {
    return this.cached(`length ${length}`, () =>
      this.binding.createTensor([], this.binding.TF_INT64, Int32Array.of(length, 0)),
    );
  }
}
