/** A tensor inside TensorFlow, by the number that tfjs-node's binding knows it by. */
export type TensorId = number;

/** An attribute of an operation, in the binding's own form. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean | string;
}

/**
 * The part of @tensorflow/tfjs-node's native binding (4.22, `TFJSBinding`) that is used here. Operations run
 * eagerly; every id that comes out of `createTensor` or `executeOp` lives until `deleteTensor`.
 */
export interface TensorFlowBinding {
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  /** Version of the TensorFlow libraries, such as `2.15.1`. */
  readonly TF_Version: string;
  /**
   * May keep the array instead of copying it, so nobody may write to it as long as the tensor lives. An int64
   * takes two int32 values, low word first.
   */
  createTensor(shape: number[], type: number, values: Float32Array | Int32Array): TensorId;
  deleteTensor(id: TensorId): void;
  /** A copy of the values. */
  tensorDataSync(id: TensorId): Float32Array | Int32Array | Uint8Array;
  executeOp(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly TensorId[],
    outputs: number,
  ): { readonly id: TensorId }[];
  /** Tensors alive in the whole process. */
  getNumOfTensors(): number;
}
