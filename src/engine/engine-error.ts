import { UserFacingError } from '../common/errors.ts';
import type { Message } from '../common/localization/message.ts';

/** Why an engine cannot do what it was asked to. */
export type EngineErrorCode =
  /** TensorFlow was asked for and is not installed. */
  | 'tensorflow-missing'
  /** TensorFlow is installed and does not load here. */
  | 'tensorflow-unusable'
  /** The network needs more memory than the engine can address. */
  | 'network-too-large'
  /** The operating system refused the memory that the network needs. */
  | 'out-of-memory';

/**
 * An engine's refusal. It is one sentence that suits every front end; by the code, a front end may add
 * something of its own, such as a button.
 */
export class EngineError extends UserFacingError {
  override readonly name = 'EngineError';
  override readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, sentence: Message, options: { cause?: unknown } = {}) {
    super(sentence, options);
    this.code = code;
  }
}
