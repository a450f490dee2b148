import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { readCorpus } from '../../corpus/index.ts';
import { createContextModel } from '../../context-model/index.ts';
import { loadNetwork } from './load-network.ts';
import type { ToSuggestionWorker } from './protocol.ts';
import { SuggestionService } from './suggestion-service.ts';

const port = parentPort;
if (!port) throw new Error('the suggestion worker runs as a worker thread only');

const service = new SuggestionService({
  post: (message) => port.postMessage(message),
  poll: () => receiveMessageOnPort(port)?.message as ToSuggestionWorker | undefined,
  loadNetwork,
  createContextModel,
  readCorpus,
});
port.on('message', (message: ToSuggestionWorker) => service.receive(message));
