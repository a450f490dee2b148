import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { createContextModel } from '../../context-model/index.ts';
import { readCorpus } from '../../corpus/index.ts';
import { loadBaseNetwork, loadNetwork } from './load-network.ts';
import {
  type FromSuggestionWorker,
  SUGGESTION_PROTOCOL_VERSION,
  type ToSuggestionWorker,
} from './protocol.ts';
import { SuggestionService } from './suggestion-service.ts';

const port = parentPort;
if (!port) throw new Error('the suggestion worker runs as a worker thread only');

const post = (message: FromSuggestionWorker): void => port.postMessage(message);
const service = new SuggestionService({
  post,
  poll: () => receiveMessageOnPort(port)?.message as ToSuggestionWorker | undefined,
  loadNetwork: ({ path, basePath, isBase }) => (isBase ? loadBaseNetwork(path) : loadNetwork(path, basePath)),
  createContextModel,
  readCorpus,
});
post({ type: 'hello', version: SUGGESTION_PROTOCOL_VERSION });
port.on('message', (message: ToSuggestionWorker) => service.receive(message));
