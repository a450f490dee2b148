import { expect } from 'vitest';
import { UserFacingError } from '../../../../src/common/errors.ts';
import type {
  FromSuggestionWorker,
  SuggestMessage,
  ToSuggestionWorker,
} from '../../../../src/completion/worker/protocol.ts';
import { SuggestionService, type ServicePort } from '../../../../src/completion/worker/suggestion-service.ts';
import type { Suggestion, SuggestionRequest } from '../../../../src/completion/decode/suggest.ts';
import { createContextModel } from '../../../../src/context-model/index.ts';
import { NgramStepper, vocabularyOf } from '../../ngram-stepper.ts';

export const learnt = 'alpha beta gamma\n';
export const vocabulary = vocabularyOf(learnt);
export const summary = {
  steps: 1,
  isTrained: true,
  epochs: 0,
  parameters: 1,
  vocabularySize: vocabulary.size,
  cell: 'lstm',
  layers: 1,
  units: 1,
  bitsPerCharacter: null,
  savedAt: '2026-01-02T03:04:05.678Z',
};

export const corpus = {
  files: [{ path: '/w/a.txt', encoding: 'utf-8', text: learnt.repeat(20), characters: 20 * learnt.length }],
  leftOut: [],
  characters: 20 * learnt.length,
};

export const corpusSource = {
  options: { roots: ['/w'], include: [], exclude: [], maxCharacters: 1e6 },
  revision: 1,
};

class DisposableStepper extends NgramStepper {
  isDisposed = false;
  /** Called before each feed. */
  onFeed = () => {};
  override feed(symbols: ArrayLike<number>, state: Float32Array, logits: Float32Array): void {
    if (this.isDisposed) throw new Error('used after disposal');
    this.onFeed();
    super.feed(symbols, state, logits);
  }
  override dispose(): void {
    this.isDisposed = true;
  }
}

/** A service with what it posts, and messages that arrive while it is busy. */
export function start(changes: Partial<ServicePort> = {}) {
  const posted: FromSuggestionWorker[] = [];
  const waiters = new Set<() => void>();
  const arriving: ToSuggestionWorker[] = [];
  const steppers: DisposableStepper[] = [];
  const service = new SuggestionService({
    post: (message) => {
      // Comes with every reading, and is of no interest here.
      if (message.type === 'workspaceIgnored') return;
      posted.push(message);
      for (const waiter of waiters) waiter();
    },
    poll: () => arriving.shift(),
    createContextModel: (saved) => createContextModel(0, saved),
    readCorpus: () => Promise.resolve(corpus),
    learnablePaths: () => Promise.resolve(new Set(corpus.files.map(({ path }) => path))),
    code: 'code',
    loadNetwork: ({ path }) => {
      if (path === 'torn') return Promise.reject(new UserFacingError('It is torn.'));
      const stepper = new DisposableStepper(vocabulary, learnt);
      steppers.push(stepper);
      return Promise.resolve({ stepper, vocabulary, summary });
    },
    ...changes,
  });
  /** Settles as soon as what was posted is as wanted. */
  const until = (isAsWanted: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const waiter = (): void => {
        if (!isAsWanted()) return;
        waiters.delete(waiter);
        resolve();
      };
      waiters.add(waiter);
      waiter();
    });
  return { service, posted, arriving, steppers, until };
}

export function suggest(
  id: number,
  prefix: string,
  document = 'a',
  changes: Partial<SuggestionRequest> = {},
): SuggestMessage {
  const params: SuggestionRequest = {
    document,
    prefix,
    atFileStart: true,
    suffix: '',
    indentation: { insertSpaces: true, tabSize: 4 },
    temperature: 0,
    seed: 0,
    maxLength: 100,
    eagerness: 'balanced',
    explicit: false,
    ...changes,
  };
  return { type: 'request', id, method: 'suggest', params };
}

export const sampleOf = (id: number, length: number): ToSuggestionWorker => ({
  type: 'request',
  id,
  method: 'sample',
  params: { prime: 'al', length, temperature: 0, seed: 0 },
});

/** Has suggestions come from the model in a file, and from the corpus where one is given. */
export const load = (path: string, version = '1', withCorpus?: typeof corpusSource): ToSuggestionWorker => ({
  type: 'sources',
  sources: { model: { path, version }, ...(withCorpus && { corpus: withCorpus }) },
});

export async function startLoaded() {
  const started = start();
  started.service.receive(load('m'));
  await started.until(() => started.posted.length === 1);
  expect(started.posted.splice(0)).toEqual([{ type: 'modelLoaded', summary }]);
  return started;
}

export const textOf = (message: FromSuggestionWorker): string | undefined =>
  message.type === 'reply' ? (message.result as Suggestion | undefined)?.text : undefined;

export const answers = (posted: readonly FromSuggestionWorker[]) =>
  posted.map((message) => [message.type, 'id' in message ? message.id : undefined, textOf(message)]);

/** Has suggestions come from the corpus alone. */
export const readWorkspace: ToSuggestionWorker = { type: 'sources', sources: { corpus: corpusSource } };

export async function startWithWorkspace() {
  const started = start();
  started.service.receive(readWorkspace);
  await started.until(() => started.posted.some(({ type }) => type === 'workspaceRead'));
  started.posted.splice(0);
  return started;
}
