import { parameterShapes } from '../../../model/index.ts';
import type { NetworkSpecification, Tensors } from '../../../model/index.ts';
import { padded, roundUp } from '../padding.ts';

/** A logit no probability is left of: e to it is 0, and adding to it changes nothing. */
export const IMPOSSIBLE_LOGIT = -1e30;

/**
 * How one parameter stands in memory: PyTorch's matrix [rows, columns], a vector being one column, with each of
 * its `blocks` (the gates, else 1) padded to `paddedBlock` rows and each row to `stride` columns. The one-hot
 * input weights [4H, V] stand transposed, [V, 4Hp], because symbols pick rows of them.
 */
interface StoredTensor {
  readonly name: string;
  readonly blocks: number;
  readonly block: number;
  readonly paddedBlock: number;
  readonly columns: number;
  readonly stride: number;
  readonly transposed: boolean;
  /** Floats from the beginning of the region. */
  readonly offset: number;
  /** Floats it takes, padding included. */
  readonly floats: number;
}

/**
 * Where each parameter stands in a region that holds them all: weights, gradients and each moment are such
 * regions, one after the other. Padding holds zeros and stays zero under training, except that of the decoder's
 * biases among the weights, which makes the logits beyond the vocabulary impossible.
 */
export class ParameterLayout {
  /** Floats of a region; a multiple of 16. */
  readonly floats: number;
  private readonly stored = new Map<string, StoredTensor>();

  constructor(specification: NetworkSpecification) {
    let offset = 0;
    for (const [name, shape] of parameterShapes(specification)) {
      const tensor = storedTensor(specification, name, shape, offset);
      this.stored.set(name, tensor);
      offset += roundUp(tensor.floats, 16);
    }
    this.floats = offset;
  }

  /** Floats from the beginning of a region to a parameter. */
  offset(name: string): number {
    return this.tensor(name).offset;
  }

  /** Writes weights into a region. */
  storeWeights(weights: Tensors, region: Float32Array): void {
    this.store(weights, '', region);
    const bias = this.tensor('decoder.bias');
    region.fill(IMPOSSIBLE_LOGIT, bias.offset + bias.block, bias.offset + bias.paddedBlock);
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

  /** Copies a region's parameters out into `<prefix><parameter>`. */
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
  // Symbols pick rows of the embedding, and the prior's gate is a single one; no panels are made of them.
  const isPacked = name !== 'embedding.weight' && name !== 'prior.gate';
  const paddedBlock = isPacked ? padded(block) : block;
  const transposed = name === 'rnn.weight_ih_l0' && specification.embedding === 0;
  const stride = transposed ? blocks * paddedBlock : shape.length === 1 ? 1 : padded(columns);
  const floats = stride * (transposed ? columns : blocks * paddedBlock);
  return { name, blocks, block, paddedBlock, columns, stride, transposed, offset, floats };
}

/** Calls back with the index in PyTorch's layout and that in the region, value by value. */
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
