import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { createContextModel } from '../../context-model/index.ts';
import { learnablePaths, readCorpus } from '../../corpus/index.ts';
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
  // With fewer contexts, as for many characters, less memory would be needed, but far worse suggested.
  createContextModel: (saved) => createContextModel(0, saved),
  readCorpus,
  learnablePaths,
  // The worker is one file with all its rules and its kernels in it.
  code: createHash('sha256').update(readFileSync(__filename)).digest('hex'),
});
post({ type: 'hello', version: SUGGESTION_PROTOCOL_VERSION });
port.on('message', (message: ToSuggestionWorker) => service.receive(message));
