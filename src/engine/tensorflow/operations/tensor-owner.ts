import type { Attribute, TensorFlowBinding, TensorId } from '../runtime/binding.ts';

/**
 * The tensors inside TensorFlow that this side made, which nothing but `deleteTensor` ever frees. Tensors made inside
 * `scope` are deleted at its end unless they were kept; all others belong to the caller, who calls `free`. Constants are
 * made once and live until `dispose`.
 */
export class TensorOwner {
  protected readonly binding: TensorFlowBinding;
  private readonly constants = new Map<string, TensorId>();
  private readonly owned = new Set<TensorId>();
  private scoped: Set<TensorId> | undefined;

  constructor(binding: TensorFlowBinding) {
    this.binding = binding;
  }

  /** Runs `body` and deletes every tensor made in it that was not kept. Scopes do not nest. */
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

  /** Makes a tensor outlive the scope it was made in. */
  keep(id: TensorId): TensorId {
    if (this.scoped?.delete(id)) this.owned.add(id);
    return id;
  }

  /** Hands a kept tensor over to the scope, which deletes it at its end. */
  release(id: TensorId): void {
    if (this.scoped !== undefined && this.owned.delete(id)) this.scoped.add(id);
  }

  /** Deletes a tensor now. */
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

  /** An int32 constant such as a shape or an axis: [n], or a scalar. */
  constant(value: number | readonly number[]): TensorId {
    return this.cached(`${typeof value} ${String(value)}`, () =>
      typeof value === 'number'
        ? this.binding.createTensor([], this.binding.TF_INT32, Int32Array.of(value))
        : this.binding.createTensor([value.length], this.binding.TF_INT32, Int32Array.from(value)),
    );
  }

  /** A constant of floats that are all `fill`. @param name distinguishes constants of the same shape. */
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

  /** The constant of that key, made at the first call. */
  protected cached(key: string, make: () => TensorId): TensorId {
    let id = this.constants.get(key);
    if (id === undefined) {
      id = make();
      this.constants.set(key, id);
    }
    return id;
  }

  /** Executes an operation with several outputs. */
  protected run(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly TensorId[],
    outputs: number,
  ): TensorId[] {
    return this.binding.executeOp(name, attributes, inputs, outputs).map(({ id }) => this.track(id));
  }

  /** Executes an operation with one output. */
  protected one(name: string, attributes: readonly Attribute[], inputs: readonly TensorId[]): TensorId {
    return this.run(name, attributes, inputs, 1)[0];
  }

  private track(id: TensorId): TensorId {
    (this.scoped ?? this.owned).add(id);
    return id;
  }
}
