import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

type CleanUp = () => unknown;

/** Clean-ups that run in reverse order when the work ends, whether by success, an error or a signal. */
export class Scope {
  readonly #cleanUps: CleanUp[] = [];
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    void this.close().finally(() => process.exit(128 + constants.signals[signal]));
  };
  #closing: Promise<void> | undefined;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, this.#onSignal);
  }

  /** Whether the end has begun; failures after that are its consequences. */
  get isClosing(): boolean {
    return this.#closing !== undefined;
  }

  /** Registers a clean-up. */
  defer(cleanUp: CleanUp): void {
    this.#cleanUps.push(cleanUp);
  }

  /** A new folder under the system's temporary folder, gone when the scope closes. */
  async temporaryFolder(name: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), `char-rnn-${name}-`));
    // Processes that are being stopped may still write: try again for two seconds.
    this.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
    return folder;
  }

  /** Runs every clean-up once; one that fails does not keep the others from running. */
  close(): Promise<void> {
    this.#closing ??= this.#undoAll();
    return this.#closing;
  }

  async #undoAll(): Promise<void> {
    for (const cleanUp of this.#cleanUps.reverse()) {
      try {
        await cleanUp();
      } catch (error) {
        console.error(`while cleaning up: ${String(error)}`);
      }
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, this.#onSignal);
  }
}

/** Runs `work` in a scope of its own. */
export async function withScope<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
  const scope = new Scope();
  try {
    return await work(scope);
  } finally {
    await scope.close();
  }
}
