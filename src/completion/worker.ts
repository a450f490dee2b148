import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { readCorpus } from '../corpus/index.ts';
import { createMemory } from '../memory/index.ts';
import { loadNetwork } from './network.ts';
import type { ToSuggestionWorker } from './protocol.ts';
import { SuggestionService } from './service.ts';

const port = parentPort;
if (!port) throw new Error('the suggestion worker runs as a worker thread only');

const service = new SuggestionService({
  post: (message) => port.postMessage(message),
  poll: () => receiveMessageOnPort(port)?.message as ToSuggestionWorker | undefined,
  loadNetwork,
  createMemory,
  readCorpus,
});
port.on('message', (message: ToSuggestionWorker) => service.receive(message));
