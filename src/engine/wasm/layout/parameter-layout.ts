import { parameterShapes } from '../../../model/index.ts';
import type { NetworkSpecification, Tensors } from '../../../model/index.ts';
import { padded, roundUp } from '../padding.ts';

/** A logit with probability 0: its exponential is 0, and adding a bias to it changes nothing. */
export const IMPOSSIBLE_LOGIT = -1e30;

/**
 * The layout of one parameter: PyTorch's matrix [rows, columns], where a vector is one column, with each of its `blocks`
 * (one per gate, else 1) padded to `paddedBlock` rows and each row to `stride` columns. One-hot input weights [4H, V]
 * are stored transposed, [V, 4Hp], because symbols pick rows of them.
 */
interface StoredTensor {
  readonly name: string;
  readonly blocks: number;
  readonly block: number;
  readonly paddedBlock: number;
  readonly columns: number;
  readonly stride: number;
  readonly transposed: boolean;
  /** Index of its first float in a region. */
  readonly offset: number;
  /** Its size in floats, padding included. */
  readonly floats: number;
}

/**
 * The layout of a region that holds all parameters. Weights, gradients and each moment are such regions. Padding is zero
 * and stays zero in training, except that the padding of the output layers' biases is IMPOSSIBLE_LOGIT in the weights,
 * which gives symbols beyond the vocabulary the probability 0.
 */
export class ParameterLayout {
  /** Size of a region in floats, a multiple of 16. */
  readonly floats: number;
  /** How many of them come before those of the joint output; all where there is none. */
  readonly floatsBeforeJoint: number;
  private readonly stored = new Map<string, StoredTensor>();

  constructor(specification: NetworkSpecification) {
    let offset = 0;
    let beforeJoint: number | undefined;
    for (const [name, shape] of parameterShapes(specification)) {
      if (name.startsWith('prior.')) beforeJoint ??= offset;
      const tensor = storedTensor(specification, name, shape, offset);
      this.stored.set(name, tensor);
      offset += roundUp(tensor.floats, 16);
    }
    this.floats = offset;
    this.floatsBeforeJoint = beforeJoint ?? offset;
  }

  /** Index of a parameter's first float in a region. */
  offset(name: string): number {
    return this.tensor(name).offset;
  }

  /** Writes weights into a region. */
  storeWeights(weights: Tensors, region: Float32Array): void {
    this.store(weights, '', region);
    for (const { name, offset, block, paddedBlock } of this.stored.values()) {
      if (name.endsWith('decoder.bias')) region.fill(IMPOSSIBLE_LOGIT, offset + block, offset + paddedBlock);
    }
  }

  /** Writes the tensors named `<prefix><parameter>` into a region, padding it with zeros. */
  store(tensors: Tensors, prefix: string, region: Float32Array): void {
    for (const tensor of this.stored.values()) {
      const source = tensors.get(prefix + tensor.name);
      const size = tensor.blocks * tensor.block * tensor.columns;
      if (source?.length !== size) {
        throw new RangeError(`${prefix}${tensor.name} has ${source?.length ?? 0} values instead of ${size}`);
      }
      region.fill(0, tensor.offset, tensor.offset + tensor.floats);
      forEachValue(tensor, (plain, stored) => {
        region[stored] = source[plain];
      });
    }
  }

  /** Copies the parameters of a region to tensors named `<prefix><parameter>`. */
  load(region: Float32Array, prefix: string, into: Map<string, Float32Array>): void {
    for (const tensor of this.stored.values()) {
      const values = new Float32Array(tensor.blocks * tensor.block * tensor.columns);
      forEachValue(tensor, (plain, stored) => {
        values[plain] = region[stored];
      });
      into.set(prefix + tensor.name, values);
    }
  }

  private tensor(name: string): StoredTensor {
    const tensor = this.stored.get(name);
    if (tensor === undefined) throw new Error(`no parameter ${name}`);
    return tensor;
  }
}

function storedTensor(
  specification: NetworkSpecification,
  name: string,
  shape: readonly number[],
  offset: number,
): StoredTensor {
  const [rows = 0, columns = 1] = shape;
  const blocks = name.startsWith('rnn.') ? rows / specification.units : 1;
  const block = rows / blocks;
  // The embedding is read by rows and `prior.gate` is a single row, so neither is packed in panels.
  const isPacked = name !== 'embedding.weight' && name !== 'prior.gate';
  const paddedBlock = isPacked ? padded(block) : block;
  const transposed = name === 'rnn.weight_ih_l0' && specification.embedding === 0;
  const stride = transposed ? blocks * paddedBlock : shape.length === 1 ? 1 : padded(columns);
  const floats = stride * (transposed ? columns : blocks * paddedBlock);
  return { name, blocks, block, paddedBlock, columns, stride, transposed, offset, floats };
}

/** Calls `visit` for each value with its index in PyTorch's layout and its index in the region. */
function forEachValue(tensor: StoredTensor, visit: (plain: number, stored: number) => void): void {
  const { blocks, block, paddedBlock, columns, stride, transposed, offset } = tensor;
  let plain = 0;
  for (let b = 0; b < blocks; b++) {
    for (let r = 0; r < block; r++) {
      const row = b * paddedBlock + r;
      for (let c = 0; c < columns; c++) {
        visit(plain++, offset + (transposed ? c * stride + row : row * stride + c));
      }
    }
  }
}
