import { type Message, message } from '../../common/localization/message.ts';
import { momentNames } from './optimizer-moments.ts';
import { parameterShapes, stateNames } from '../specification.ts';
import type { NetworkSpecification } from '../specification.ts';
import type { Optimizer } from '../training-record.ts';

const OPTIMIZER_PREFIX = 'optimizer.';
const STATE_PREFIX = 'state.';

/** Moments that are means or sums of squares, of which the optimisers take square roots. */
const NON_NEGATIVE = /^optimizer\.(exp_avg_sq|square_avg|sum)\./;

/** Which tensors a file holds besides the weights. */
export interface ModelParts {
  /** The optimiser whose moments the file holds; null if it holds none. */
  readonly optimizer: Optimizer | null;
  /** B of the carried state; null if the file holds none. */
  readonly streams: number | null;
}

/** Names and shapes of the tensors of a model file, in the order in which they are written. */
export function tensorShapes(
  specification: NetworkSpecification,
  parts: ModelParts,
): ReadonlyMap<string, readonly number[]> {
  const parameters = parameterShapes(specification);
  const shapes = new Map(parameters);
  for (const moment of parts.optimizer === null ? [] : momentNames(parts.optimizer)) {
    for (const [name, shape] of parameters) shapes.set(`${OPTIMIZER_PREFIX}${moment}.${name}`, shape);
  }
  if (parts.streams !== null) {
    const shape = [specification.layers, parts.streams, specification.units];
    for (const name of stateNames(specification.cell)) shapes.set(`${STATE_PREFIX}${name}`, shape);
  }
  return shapes;
}

/** The part of a `Model` that a tensor of a file belongs to, and its name there. */
export function parseTensorName(name: string): { part: 'weights' | 'moments' | 'state'; name: string } {
  if (name.startsWith(OPTIMIZER_PREFIX))
    return { part: 'moments', name: name.slice(OPTIMIZER_PREFIX.length) };
  if (name.startsWith(STATE_PREFIX)) return { part: 'state', name: name.slice(STATE_PREFIX.length) };
  return { part: 'weights', name };
}

/** What is wrong with values of the tensor `name`, as a clause; undefined if they are fine. */
export function faultOf(name: string, values: Float32Array): Message | undefined {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const signed = NON_NEGATIVE.test(name);
  for (let i = 0; i < bits.length; i++) {
    const word = bits[i] ?? 0;
    // A float whose exponent bits are all set is an infinity or not a number.
    if ((word & 0x7f80_0000) === 0x7f80_0000)
      return message`the tensor ${name} has values that are not finite numbers`;
    if (signed && word > 0x8000_0000)
      return message`the tensor ${name} has negative values, which its squares cannot be`;
  }
  return undefined;
}
