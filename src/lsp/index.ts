import type { Readable, Writable } from 'node:stream';
import { createConnection, ProposedFeatures, StreamMessageWriter } from 'vscode-languageserver/node';
import { ServerLog } from './log.ts';
import { LanguageServer, type ServerPrograms } from './server.ts';
import { Gate } from './transport/gate.ts';
import { watchProcess } from './transport/parent-watch.ts';

export type { ServerPrograms } from './server.ts';

/** Where the server reads and writes. */
export interface ServerStreams {
  readonly input: Readable;
  readonly output: Writable;
  /** Receives the log. */
  readonly log: Writable;
  /** Aborted when the output cannot be written any more. */
  readonly closed: AbortSignal;
}

/**
 * Serves one client until it says `exit`, its process ends, or a stream is closed.
 * @param clientPid process id of the client, where it is known before it says so.
 * @returns whether the client had asked to shut down before.
 */
export async function serve(
  { input, output, log, closed }: ServerStreams,
  programs: ServerPrograms,
  clientPid?: number,
): Promise<boolean> {
  const serverLog = new ServerLog((text) => void log.write(text));
  let resolve = (_isOrderly: boolean): void => undefined;
  // Node 20 has no Promise.withResolvers.
  const promise = new Promise<boolean>((settle) => (resolve = settle));
  const watch = (pid: number): void => watchProcess(pid, () => resolve(false));
  if (clientPid !== undefined) watch(clientPid);
  closed.addEventListener('abort', () => resolve(false));
  const gate = new Gate(input, new StreamMessageWriter(output), {
    onEnd: (isOrderly) => resolve(isOrderly),
    onClientProcess: watch,
    onLog: serverLog.info,
  });
  const connection = createConnection(ProposedFeatures.all, gate, gate.writer);
  const server = new LanguageServer(connection, programs, serverLog);
  connection.listen();
  try {
    return await promise;
  } finally {
    server.dispose();
  }
}
