import { UserFacingError } from '../common/errors.ts';

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
 * An engine's refusal. The message is one sentence that holds for every front end; the code is for what a front end
 * adds of its own, such as a button.
 */
export class EngineError extends UserFacingError {
  override readonly name = 'EngineError';
  override readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
