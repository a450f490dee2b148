import { parameterShapes } from '../../../model/index.ts';
import type { Cell, NetworkSpecification, Tensors } from '../../../model/index.ts';

/** Position of each of PyTorch's gate blocks: BlockLSTM orders i c f o what PyTorch orders i f g o (c = g, the candidate). */
const GATES: Readonly<Record<Cell, readonly number[]>> = { lstm: [0, 2, 1, 3], gru: [0, 1, 2], rnn: [0] };

/** One parameter in the vector that holds them all. */
interface Stored {
  readonly name: string;
  /** PyTorch's shape. */
  readonly rows: number;
  readonly columns: number;
  /** The shape that the operations use, of the same size. */
  readonly shape: readonly number[];
  /** Index of the first value in the vector. */
  readonly offset: number;
  /** The column that each of PyTorch's rows becomes; undefined if rows stay rows. */
  readonly gateColumns: readonly number[] | undefined;
}

/**
 * The layout of all parameters in one vector [N], so that clipping and the optimiser are a few operations on vectors.
 * Weights of layers are transposed, and those of an LSTM are in BlockLSTM's gate order: `rnn.weight_ih_l*` [I, GH],
 * `rnn.weight_hh_l*` [H, GH], biases [GH]. `embedding.weight` [V, E] and the decoder are as in PyTorch.
 */
export class ParameterLayout {
  /** N. */
  readonly size: number;
  /** How many of the N values come before those of the joint output; all where there is none. */
  readonly sizeBeforeJoint: number;
  readonly names: readonly string[];
  readonly sizes: readonly number[];
  readonly shapes: readonly (readonly number[])[];
  private readonly stored: readonly Stored[];

  constructor(specification: NetworkSpecification) {
    let offset = 0;
    this.stored = [...parameterShapes(specification)].map(([name, [rows = 1, columns = 1]]) => {
      const isGates = name.startsWith('rnn.');
      const isVector = name.includes('bias');
      const shape = isVector ? [rows] : isGates ? [columns, rows] : [rows, columns];
      const stored = {
        name,
        rows,
        columns,
        shape,
        offset,
        gateColumns: isGates ? gateColumns(specification) : undefined,
      };
      offset += rows * columns;
      return stored;
    });
    this.size = offset;
    this.sizeBeforeJoint = this.stored.find(({ name }) => name.startsWith('prior.'))?.offset ?? offset;
    this.names = this.stored.map(({ name }) => name);
    this.sizes = this.stored.map(({ rows, columns }) => rows * columns);
    this.shapes = this.stored.map(({ shape }) => shape);
  }

  /** The vector [N] of the tensors `<prefix><parameter>`. */
  toVector(tensors: Tensors, prefix = ''): Float32Array {
    const vector = new Float32Array(this.size);
    for (const parameter of this.stored) {
      const values = tensors.get(prefix + parameter.name);
      const size = parameter.rows * parameter.columns;
      if (values?.length !== size) {
        throw new RangeError(
          `${prefix}${parameter.name} has ${values?.length ?? 0} values instead of ${size}`,
        );
      }
      forEachValue(parameter, (plain, stored) => {
        vector[stored] = values[plain];
      });
    }
    return vector;
  }

  /** Copies the parameters of a vector to tensors named `<prefix><parameter>`. */
  fromVector(vector: Float32Array, prefix = '', into = new Map<string, Float32Array>()) {
    for (const parameter of this.stored) {
      const values = new Float32Array(parameter.rows * parameter.columns);
      forEachValue(parameter, (plain, stored) => {
        values[plain] = vector[stored];
      });
      into.set(prefix + parameter.name, values);
    }
    return into;
  }
}

/** Calls `visit` for each value with its index in PyTorch's layout and its index in the vector. */
function forEachValue(parameter: Stored, visit: (plain: number, stored: number) => void): void {
  const { rows, columns, offset, gateColumns } = parameter;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const plain = row * columns + column;
      visit(plain, offset + (gateColumns === undefined ? plain : column * rows + gateColumns[row]));
    }
  }
}

function gateColumns({ cell, units: H }: NetworkSpecification): readonly number[] {
  const order = GATES[cell];
  return Array.from(
    { length: order.length * H },
    (_, row) => order.indexOf(Math.floor(row / H)) * H + (row % H),
  );
}
