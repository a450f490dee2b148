import type { NetworkSpecification } from '../specification.ts';
import type { Tensors } from '../tensors.ts';
import type { OptimizerState, TrainingRecord } from '../training-record.ts';

/*
 * A model file is a safetensors file (safetensors.ts) whose tensors are listed by tensor-names.ts and whose
 * `__metadata__` holds one text, `char-rnn`: the JSON object of metadata.ts, with a checksum of the
 * whole file (checksum.ts).
 */

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
