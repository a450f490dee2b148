import type { NetworkSpecification } from './specification.ts';
import type { Tensors } from './tensors.ts';
import type { OptimizerState, TrainingRecord } from './training-record.ts';

/** Everything one model file holds. */
export interface Model {
  readonly specification: NetworkSpecification;
  /** One-symbol strings by id (see `Vocabulary`). */
  readonly vocabulary: readonly string[];
  readonly weights: Tensors;
  readonly training: TrainingRecord;
  /** Optimiser moments; null in a file meant for use alone. Stored as tensors `optimizer.<moment>.<parameter>`. */
  readonly optimizer: OptimizerState | null;
  /** Carried hidden state of the B streams: `h` (and `c` for LSTM), each [L, B, H]. Stored as `state.h`, `state.c`. */
  readonly state: Tensors | null;
}

/**
 * Reads and checks everything before allocating by it: sizes, dtypes, shapes, finite values, version, checksum.
 * @throws UserFacingError with one sentence naming the file and what is wrong with it.
 */
export function readModel(_path: string): Promise<Model> {
  throw new Error('in progress');
}

/** Writes to a temporary file beside `path`, flushes it, and renames it over `path`. Loses nothing on failure. */
export function writeModel(_path: string, _model: Model): Promise<void> {
  throw new Error('in progress');
}
