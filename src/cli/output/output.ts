import { setImmediate } from 'node:timers/promises';
import { UserFacingError } from '../../common/errors.ts';
import { englishText } from '../../common/localization/message.ts';
import { systemReason } from '../../common/system-errors.ts';

/** The reader of standard output closed the pipe, as `head` does after its last line. That is no failure. */
export class OutputClosedError extends Error {
  override readonly name = 'OutputClosedError';
}

/** Standard output, which may be a terminal, a file, or a pipe that its reader closes. */
export class Output {
  private readonly stream: NodeJS.WriteStream;
  private readonly broken = new AbortController();

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      const isClosed = error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED';
      this.broken.abort(isClosed ? new OutputClosedError() : cannotWrite(error));
    });
  }

  get isTerminal(): boolean {
    return this.stream.isTTY;
  }

  /** Aborted with the error once nothing can be written any more. */
  get closed(): AbortSignal {
    return this.broken.signal;
  }

  get isReaderGone(): boolean {
    return this.closed.reason instanceof OutputClosedError;
  }

  /** Settles when `text` is written. @throws OutputClosedError or UserFacingError if it cannot be. */
  async write(text: string): Promise<void> {
    this.closed.throwIfAborted();
    if (text === '') return;
    const error = await new Promise<Error | null | undefined>((resolve) => this.stream.write(text, resolve));
    // The stream calls back before it emits the `error` event that sets the reason, one tick later.
    if (!error) return;
    await setImmediate();
    this.closed.throwIfAborted();
    throw error;
  }

  line(text: string): Promise<void> {
    return this.write(`${text}\n`);
  }

  json(value: unknown): Promise<void> {
    return this.line(JSON.stringify(value));
  }
}

function cannotWrite(error: NodeJS.ErrnoException): UserFacingError {
  return new UserFacingError(
    `Standard output cannot be written (${englishText(systemReason(error))}); send it somewhere else.`,
    { cause: error },
  );
}
