import type { Attribute, TensorFlowBinding, TensorId } from '../runtime/binding.ts';

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

/**
 * TensorFlow's operations, by name, and who owns their results: what is made inside `passing` is deleted at its
 * end unless it was kept; what was kept is the caller's to free. Constants are made once and live until `dispose`.
 */
export class Operations {
  private readonly binding: TensorFlowBinding;
  private readonly attributes: ReturnType<typeof attributesFor>;
  private readonly constants = new Map<string, TensorId>();
  private readonly owned = new Set<TensorId>();
  private scoped: Set<TensorId> | undefined;

  constructor(binding: TensorFlowBinding) {
    this.binding = binding;
    this.attributes = attributesFor(binding);
  }

  /** Runs `body` and deletes every tensor made in it that was not kept; calls do not nest. */
  scope<T>(body: () => T): T {
    const made = new Set<TensorId>();
    this.scoped = made;
    try {
      return body();
    } finally {
      this.scoped = undefined;
      for (const id of made) this.binding.deleteTensor(id);
    }
  }

  /** Makes a tensor outlive `passing`. */
  keep(id: TensorId): TensorId {
    if (this.scoped?.delete(id)) this.owned.add(id);
    return id;
  }

  /** Makes a kept tensor end with `passing`. */
  release(id: TensorId): void {
    if (this.scoped !== undefined && this.owned.delete(id)) this.scoped.add(id);
  }

  free(id: TensorId): void {
    if (this.scoped?.delete(id) || this.owned.delete(id)) this.binding.deleteTensor(id);
  }

  dispose(): void {
    for (const id of [...this.owned, ...this.constants.values()]) this.binding.deleteTensor(id);
    this.owned.clear();
    this.constants.clear();
  }

  floats(shape: readonly number[], values: Float32Array): TensorId {
    return this.track(this.binding.createTensor([...shape], this.binding.TF_FLOAT, values));
  }

  integers(shape: readonly number[], values: Int32Array): TensorId {
    return this.track(this.binding.createTensor([...shape], this.binding.TF_INT32, values));
  }

  scalar(value: number): TensorId {
    return this.floats([], Float32Array.of(value));
  }

  /** Int32 numbers such as shapes and axes: [n], or a scalar. */
  constant(value: number | readonly number[]): TensorId {
    return this.cached(`${typeof value} ${String(value)}`, () =>
      typeof value === 'number'
        ? this.binding.createTensor([], this.binding.TF_INT32, Int32Array.of(value))
        : this.binding.createTensor([value.length], this.binding.TF_INT32, Int32Array.from(value)),
    );
  }

  constantFloats(name: string, shape: readonly number[], fill: number): TensorId {
    return this.cached(`${name} ${shape.join()}`, () => {
      const values = new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(fill);
      return this.binding.createTensor([...shape], this.binding.TF_FLOAT, values);
    });
  }

  read(id: TensorId): Float32Array {
    const values = this.binding.tensorDataSync(id);
    if (!(values instanceof Float32Array)) throw new Error('a tensor that does not hold floats');
    return values;
  }

  readBooleans(id: TensorId): Uint8Array {
    const values = this.binding.tensorDataSync(id);
    if (!(values instanceof Uint8Array)) throw new Error('a tensor that does not hold booleans');
    return values;
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

  /** Back through y = sigmoid(x), from the gradient of y. */
  sigmoidGradient(y: TensorId, dY: TensorId): TensorId {
    return this.one('SigmoidGrad', this.attributes.float, [y, dY]);
  }

  /** Back through y = tanh(x), from the gradient of y. */
  tanhGradient(y: TensorId, dY: TensorId): TensorId {
    return this.one('TanhGrad', this.attributes.float, [y, dY]);
  }

  square(a: TensorId): TensorId {
    return this.one('Square', this.attributes.float, [a]);
  }

  squareRoot(a: TensorId): TensorId {
    return this.one('Sqrt', this.attributes.float, [a]);
  }

  /** Half the sum of the squares. */
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

  /** Parts of these sizes. */
  split(a: TensorId, sizes: readonly number[], axis = 0): TensorId[] {
    const attributes = [...this.attributes.split, this.attributes.count('num_split', sizes.length)];
    return this.run('SplitV', attributes, [a, this.constant(sizes), this.constant(axis)], sizes.length);
  }

  /** [n, …] to n tensors of one dimension less. */
  unpack(a: TensorId, n: number): TensorId[] {
    const { float, firstAxis, count } = this.attributes;
    return this.run('Unpack', [...float, firstAxis, count('num', n)], [a], n);
  }

  pack(parts: readonly TensorId[]): TensorId {
    const { float, firstAxis, count } = this.attributes;
    return this.one('Pack', [...float, firstAxis, count('N', parts.length)], parts);
  }

  /** Rows of a matrix by their numbers. */
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
   * Back through the gates of one time step of BlockLSTM.
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

  /** Int64 scalars are made once: the binding never frees their memory. */
  private windowLength(length: number): TensorId {
    return this.cached(`length ${length}`, () =>
      this.binding.createTensor([], this.binding.TF_INT64, Int32Array.of(length, 0)),
    );
  }

  private cached(key: string, make: () => TensorId): TensorId {
    let id = this.constants.get(key);
    if (id === undefined) {
      id = make();
      this.constants.set(key, id);
    }
    return id;
  }

  private one(name: string, attributes: readonly Attribute[], inputs: readonly TensorId[]): TensorId {
    return this.run(name, attributes, inputs, 1)[0];
  }

  private run(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly TensorId[],
    outputs: number,
  ): TensorId[] {
    return this.binding.executeOp(name, attributes, inputs, outputs).map(({ id }) => this.track(id));
  }

  private track(id: TensorId): TensorId {
    (this.scoped ?? this.owned).add(id);
    return id;
  }
}

function attributesFor(binding: TensorFlowBinding) {
  const type = (name: string, value: number): Attribute => ({ name, type: binding.TF_ATTR_TYPE, value });
  const flag = (name: string, value: boolean): Attribute => ({ name, type: binding.TF_ATTR_BOOL, value });
  const count = (name: string, value: number): Attribute => ({ name, type: binding.TF_ATTR_INT, value });
  const number = (name: string, value: number): Attribute => ({ name, type: binding.TF_ATTR_FLOAT, value });
  const float = [type('T', binding.TF_FLOAT)];
  const int32 = (name: string) => type(name, binding.TF_INT32);
  const noPeephole = flag('use_peephole', false);
  const product = (a: boolean, b: boolean) => [...float, flag('transpose_a', a), flag('transpose_b', b)];
  return {
    count,
    float,
    firstAxis: count('axis', 0),
    product: {
      'false-false': product(false, false),
      'false-true': product(false, true),
      'true-false': product(true, false),
      'true-true': product(true, true),
    },
    transpose: [...float, int32('Tperm')],
    reshape: [...float, int32('Tshape')],
    slice: [...float, int32('Index')],
    concatenate: [...float, int32('Tidx')],
    split: [...float, int32('Tlen')],
    gather: [type('Tparams', binding.TF_FLOAT), int32('Tindices'), int32('Taxis')],
    sumByNumber: [...float, int32('Tindices'), int32('Tnumsegments')],
    oneHot: [...float, int32('TI'), count('axis', -1)],
    crossEntropy: [...float, int32('Tlabels')],
    isLargest: [int32('T'), count('k', 1)],
    // No forget bias of its own (ours is a weight) and, with -1, no clipping of cells.
    blockLstm: [...float, number('forget_bias', 0), number('cell_clip', -1), noPeephole],
    cellGradient: [...float, noPeephole],
  };
}
