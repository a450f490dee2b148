import { EXIT_STATUS } from './output/exit-status.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let controller: AbortController | undefined;

/** Makes Ctrl-C and similar signals end the process with status 130; at once, unless something has to be saved. */
export function catchInterrupts(): void {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (controller === undefined || controller.signal.aborted) process.exit(EXIT_STATUS.interrupted);
      controller.abort();
    });
  }
}

/** A signal that the first Ctrl-C aborts, so that work can be saved; the second one ends the process at once. */
export function interruptSignal(): AbortSignal {
  controller ??= new AbortController();
  return controller.signal;
}
