import { writeFile } from 'node:fs/promises';
import { beforeAll } from 'vitest';
import type { ClientLimits } from '../../../../src/completion/client/client-limits.ts';
import { SUGGESTION_PROTOCOL_VERSION } from '../../../../src/completion/worker/protocol.ts';
import { until } from '../../../until.ts';
import { clientFixture, load } from './client-fixture.ts';

const summary = { isTrained: true };
/** A worker that loads anything, and does as the request's document says. */
const script = `
  const { parentPort } = require('node:worker_threads');
  parentPort.postMessage({ type: 'hello', version: ${SUGGESTION_PROTOCOL_VERSION} });
  let late;
  parentPort.on('message', (message) => {
    const { type, id, method, params } = message;
    if (type === 'sources') {
      const { model, corpus } = message.sources;
      if (model?.path === 'crash') throw new Error('no such luck');
      if (model) parentPort.postMessage({ type: 'modelLoaded', summary: ${JSON.stringify(summary)} });
      if (!corpus) return;
      parentPort.postMessage({ type: 'workspaceRead', summary: { files: 20, isComplete: false } });
      if (corpus.options.roots[0] === '/crash') setTimeout(() => { throw new Error('no room'); }, 1);
    }
    if (type === 'open') parentPort.postMessage({ type: 'openFailed', document: message.document, detail: 'no room' });
    if (method === 'sample') {
      if (params.prime === 'silent') return;
      process.exit(3);
    }
    if (method !== 'suggest') return;
    const { document, prefix } = params;
    const answer = { type: 'reply', id, result: { text: prefix, confidence: 1, alternatives: [] } };
    if (document === 'answer') parentPort.postMessage(answer);
    if (document === 'late' && !params.explicit) late = answer;
    if (document === 'late' && params.explicit) {
      parentPort.postMessage(late);
      setTimeout(() => parentPort.postMessage(answer), 60);
    }
    if (document === 'fail') parentPort.postMessage({ type: 'failure', id, sentence: 'Broken.', detail: 'at x' });
    if (document === 'crash') throw new Error('out of luck');
  });`;

/** Clients of a worker that follows the script. */
export function scriptedWorkerFixture() {
  const fixture = clientFixture();
  const { startClient, inFolder } = fixture;
  const start = (limits?: Partial<ClientLimits>) => startClient(inFolder('fake-worker.cjs'), limits);
  beforeAll(() => writeFile(inFolder('fake-worker.cjs'), script));

  /** Starts one that has loaded a model. */
  const startReady = async (limits?: Partial<ClientLimits>) => {
    const started = start({ restartDelayMs: 1, ...limits });
    load(started.client, 'm');
    await until(() => started.client.status.kind === 'ready');
    return started;
  };
  return { ...fixture, start, startReady };
}
