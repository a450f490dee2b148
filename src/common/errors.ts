import { englishText, type Message } from './localization/message.ts';

/**
 * An error meant for a person: its message is one sentence saying what happened, why, and what to do.
 * Everything else that is thrown is a bug or a surprise and goes to the log with its stack.
 */
export class UserFacingError extends Error {
  override readonly name: string = 'UserFacingError';
  /** The sentence as it is translated; a mere text where only the command line shows it, which speaks English. */
  readonly sentence: Message | string;
  /**
   * Identifies the kind of error where the sentence is not enough, also across processes: the editor offers a remedy
   * by it (`ui/status/error-catalogue.ts`).
   */
  readonly code: string | undefined;

  constructor(sentence: Message | string, options: { cause?: unknown; code?: string } = {}) {
    super(englishText(sentence), options.cause === undefined ? undefined : { cause: options.cause });
    this.sentence = sentence;
    this.code = options.code;
  }
}

/** The sentence for anything thrown, in English, without stack or class name. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The sentence for anything thrown, to be translated where it is one of ours. */
export function messageOf(error: unknown): Message | string {
  return error instanceof UserFacingError ? error.sentence : sentenceOf(error);
}

/** What the log keeps of anything thrown: the stack where there is one. */
export function detailOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** For the `default` of a switch over a union: a new member does not compile until it is handled. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
