import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { ClientLimits } from '../../../../src/completion/client/client-limits.ts';
import type { DocumentText } from '../../../../src/completion/client/followed-documents.ts';
import { SuggestionClient } from '../../../../src/completion/client/suggestion-client.ts';
import type { WorkerStatus } from '../../../../src/completion/client/worker-status.ts';
import type { SuggestionRequest } from '../../../../src/completion/decode/suggest.ts';
import { englishText } from '../../../../src/common/localization/message.ts';

/** Clients that are disposed of after each test of the calling file, and a folder for all of them. */
export function clientFixture() {
  const clients: SuggestionClient[] = [];
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'char-rnn-client-'));
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.dispose();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const startClient = (workerPath: string, limits?: Partial<ClientLimits>) => {
    const statuses: WorkerStatus[] = [];
    const log: string[] = [];
    const context = {
      onStatus: (status: WorkerStatus) => statuses.push(status),
      onLog: (line: string) => log.push(line),
    };
    const client = new SuggestionClient(workerPath, context, { automaticDeadlineMs: 1e6, ...limits });
    clients.push(client);
    return { client, statuses, log, kinds: () => statuses.map(({ kind }) => kind) };
  };

  return { startClient, inFolder: (name: string): string => path.join(folder, name) };
}

/** Has suggestions come from a model file. */
export const load = (client: SuggestionClient, path: string): void =>
  client.setSources({ model: { path, version: path } });

export const corpusOf = (root: string, include: readonly string[] = []) => ({
  options: { roots: [root], include, exclude: [], maxCharacters: 1e6 },
  revision: 1,
});

export const textOf = (text: string, isUnsaved = false): DocumentText => ({
  isUnsaved,
  length: () => text.length,
  text: () => text,
});

export function request(changes: Partial<SuggestionRequest> = {}): SuggestionRequest {
  return {
    document: 'file:///a',
    prefix: 'x',
    atFileStart: true,
    suffix: '',
    indentation: { insertSpaces: true, tabSize: 4 },
    temperature: 0,
    eagerness: 'balanced',
    seed: 0,
    maxLength: 5,
    explicit: false,
    ...changes,
  };
}

/** The sentence of a status that failed. */
export function failureOf({ status }: SuggestionClient): string | undefined {
  return status.kind === 'failed' ? englishText(status.sentence) : undefined;
}
