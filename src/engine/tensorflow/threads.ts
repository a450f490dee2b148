import { availableParallelism } from 'node:os';
import type { NetworkSpecification } from '../../model/index.ts';
import type { BatchLimits } from '../engine.ts';

/** Multiply-adds per layer and time step above which sharing an operation among threads pays. */
const MIN_SHARED_MULTIPLY_ADDS = 50e6;

/**
 * Number of threads among which TensorFlow shares each operation. A step of the recurrence is many small operations,
 * and sharing small ones costs more than it saves: on two cores with batch 50, one thread trains 1.2 to 1.4 times as
 * fast as two at 2 x 128 and 2 x 256; at 2 x 512 it is about even, and more cores can pay.
 */
export function threadsFor({ units }: NetworkSpecification, { batchSize }: BatchLimits): number {
  return batchSize * 2 * units * 4 * units < MIN_SHARED_MULTIPLY_ADDS ? 1 : availableParallelism();
}
