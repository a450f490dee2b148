import { availableParallelism } from 'node:os';
import type { NetworkSpecification } from '../../model/index.ts';
import type { BatchLimits } from '../batch.ts';

/** Multiply-adds of one layer and time step from which on it pays to share an operation among threads. */
const MIN_SHARED_MULTIPLY_ADDS = 50e6;

/**
 * Threads for TensorFlow to share each operation among. A step of the recurrence is many small operations, and
 * below some size handing them out costs more than it saves: with two cores and batch 50, one thread trains 1.2 to
 * 1.4 times as fast as two at 2 x 128 and 2 x 256; at 2 x 512 it is about even, and more cores can pay.
 */
export function threadsFor({ units }: NetworkSpecification, { batchSize }: BatchLimits): number {
  return batchSize * 2 * units * 4 * units < MIN_SHARED_MULTIPLY_ADDS ? 1 : availableParallelism();
}
