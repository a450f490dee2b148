import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type InitializeParams,
  type InitializeResult,
  type InlineCompletionItem,
  InlineCompletionTriggerKind,
  type Position,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { expect } from 'vitest';
import { untilPasses } from '../until.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** The server and a client that is connected to it. */
export interface Served {
  readonly child: ChildProcessWithoutNullStreams;
  readonly connection: ProtocolConnection;
  /** What the server wrote to its log so far. */
  log(): string;
  /** Settles with the exit status when the server is gone. */
  readonly ended: Promise<number | null>;
}

/** Starts the server as an editor does. @param cache folder that is the user's cache. */
export function serve(cache: string, ...args: string[]): Served {
  const child = startServer(cache, ...args);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onError(() => undefined);
  connection.listen();
  const ended = once(child, 'exit').then(([status]) => status as number | null);
  return { child, connection, log: () => log, ended };
}

export function startServer(cache: string, ...args: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [CLI, 'lsp', '--stdio', ...args], {
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  child.stdin.on('error', () => undefined);
  return child;
}

/** Says what an editor says first. @param folders paths of the workspace folders. */
export async function initialize(
  { connection }: Served,
  folders: readonly string[],
  params: Partial<InitializeParams> = {},
): Promise<InitializeResult> {
  const result = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders: folders.map((folder) => ({ uri: uriOf(folder), name: folder })),
    ...params,
  } satisfies InitializeParams);
  await connection.sendNotification('initialized', {});
  return result;
}

export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}

export async function open(
  { connection }: Served,
  file: string,
  text: string,
  languageId = 'c',
): Promise<void> {
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri: uriOf(file), languageId, version: 1, text },
  });
}

/** Types a text at a position. */
export async function type({ connection }: Served, file: string, at: Position, text: string): Promise<void> {
  await connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: uriOf(file), version: 2 },
    contentChanges: [{ range: { start: at, end: at }, text }],
  });
}

/** What is suggested at a position. */
export function suggestions(
  { connection }: Served,
  file: string,
  position: Position,
  triggerKind: InlineCompletionTriggerKind = InlineCompletionTriggerKind.Automatic,
): Promise<InlineCompletionItem[]> {
  return connection.sendRequest('textDocument/inlineCompletion', {
    textDocument: { uri: uriOf(file) },
    position,
    context: { triggerKind },
  });
}

/** What is suggested at a position once something is. */
export function offered(
  served: Served,
  file: string,
  position: Position,
  triggerKind?: InlineCompletionTriggerKind,
): Promise<InlineCompletionItem[]> {
  return untilOffered(() => suggestions(served, file, position, triggerKind));
}

/** Asks again until there are items, because the server gives none where a busy machine would give them too late. */
export async function untilOffered<T>(ask: () => Promise<readonly T[]>): Promise<T[]> {
  let items: readonly T[] = [];
  await untilPasses(async () => {
    items = await ask();
    expect(items).not.toEqual([]);
  });
  return [...items];
}

export function command<T>({ connection }: Served, name: string, argument?: object): Promise<T> {
  return connection.sendRequest('workspace/executeCommand', {
    command: `charRnn.${name}`,
    ...(argument && { arguments: [argument] }),
  });
}

export interface Ready {
  readonly files: number;
  readonly characters: number;
  readonly model: { readonly steps: number } | null;
}

/** Asks the server to end, and waits until it has. @returns its exit status. */
export async function shutDown({ connection, ended }: Served): Promise<number | null> {
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  return ended;
}
