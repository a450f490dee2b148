import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import type { FromSuggestionWorker, ToSuggestionWorker } from '../../../src/completion/worker/protocol.ts';
import { SuggestionService, type ServicePort } from '../../../src/completion/worker/suggestion-service.ts';
import type { SuggestionRequest } from '../../../src/completion/decode/suggest.ts';
import { createContextModel } from '../../../src/context-model/index.ts';
import { NgramStepper, vocabularyOf } from '../ngram-stepper.ts';

const learnt = 'alpha beta gamma\n';
const vocabulary = vocabularyOf(learnt);
const summary = {
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

const corpus = {
  files: [{ path: '/w/a.txt', encoding: 'utf-8', text: learnt.repeat(20), characters: 20 * learnt.length }],
  leftOut: [],
  characters: 20 * learnt.length,
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
function start(changes: Partial<ServicePort> = {}) {
  const posted: FromSuggestionWorker[] = [];
  const arriving: ToSuggestionWorker[] = [];
  const steppers: DisposableStepper[] = [];
  const service = new SuggestionService({
    post: (message) => posted.push(message),
    poll: () => arriving.shift(),
    createContextModel,
    readCorpus: () => Promise.resolve(corpus),
    loadNetwork: (modelPath) => {
      if (modelPath === 'torn') return Promise.reject(new UserFacingError('It is torn.'));
      const stepper = new DisposableStepper(vocabulary, learnt);
      steppers.push(stepper);
      return Promise.resolve({ stepper, vocabulary, summary });
    },
    ...changes,
  });
  return { service, posted, arriving, steppers };
}

function suggest(
  id: number,
  prefix: string,
  document = 'a',
): Extract<ToSuggestionWorker, { type: 'suggest' }> {
  const request: SuggestionRequest = {
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
  };
  return { type: 'suggest', id, request };
}

const sampleOf = (id: number, length: number): ToSuggestionWorker => ({
  type: 'sample',
  id,
  options: { prime: 'al', length, temperature: 0, seed: 0 },
});

const remember: ToSuggestionWorker = {
  type: 'remember',
  corpus: { roots: ['/w'], include: [], exclude: [], maxCharacters: 1e6 },
};

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function turnUntil(isDone: () => boolean): Promise<void> {
  for (let count = 0; count < 1000 && !isDone(); count++) await turn();
}

async function startLoaded() {
  const started = start();
  started.service.receive({ type: 'load', modelPath: 'm' });
  await turn();
  expect(started.posted.splice(0)).toEqual([{ type: 'loaded', summary }]);
  return started;
}

const answers = (posted: readonly FromSuggestionWorker[]) =>
  posted.map((message) => [
    message.type,
    'id' in message ? message.id : undefined,
    message.type === 'suggestion' ? message.suggestion?.text : undefined,
  ]);

describe('the suggestion service', () => {
  it('answers with nothing before a model is loaded', async () => {
    const { service, posted } = start();
    service.receive(suggest(1, 'al'));
    service.receive(sampleOf(2, 5));
    await turn();
    expect(answers(posted)).toEqual([
      ['failed', 2, undefined],
      ['suggestion', 1, undefined],
    ]);
  });

  it('answers with a suggestion', async () => {
    const { service, posted } = await startLoaded();
    service.receive(suggest(1, 'al'));
    await turn();
    expect(answers(posted)).toEqual([['suggestion', 1, 'pha beta gamma']]);
  });

  it('answers older requests for a document at once when a newer one arrives', async () => {
    const { service, posted } = await startLoaded();
    service.receive(suggest(1, 'al'));
    service.receive(suggest(2, 'alpha', 'b'));
    service.receive(suggest(3, 'alp'));
    expect(answers(posted)).toEqual([['suggestion', 1, undefined]]);
    await turnUntil(() => posted.length === 3);
    expect(answers(posted).slice(1)).toEqual([
      ['suggestion', 2, ' beta gamma'],
      ['suggestion', 3, 'ha beta gamma'],
    ]);
  });

  it('hears a cancellation while it computes', async () => {
    const { service, posted, arriving, steppers } = await startLoaded();
    service.receive(suggest(1, 'al'));
    service.receive(suggest(2, 'alpha', 'b'));
    let feeds = 0;
    steppers[0].onFeed = () => {
      if (++feeds === 3) arriving.push({ type: 'cancel', id: 1 }, { type: 'cancel', id: 2 });
    };
    await turn();
    await turn();
    expect(answers(posted)).toEqual([
      ['suggestion', 2, undefined],
      ['suggestion', 1, undefined],
    ]);
    service.receive(suggest(3, 'alph'));
    await turnUntil(() => posted.length === 3);
    expect(answers(posted)[2]).toEqual(['suggestion', 3, 'a beta gamma']);
  });

  it('costs one symbol where the place was read ahead', async () => {
    const { service, posted, steppers } = await startLoaded();
    const prefix = 'alpha beta gamma\nalpha beta gamma\nal';
    service.receive({ type: 'warm', text: { document: 'a', prefix, atFileStart: true } });
    await turn();
    await turn();
    expect(posted).toEqual([]);
    let feeds = 0;
    let before = steppers[0].fed;
    expect(before).toBeGreaterThan(prefix.length);
    steppers[0].onFeed = () => {
      if (feeds++ === 1) before = steppers[0].fed - before;
    };
    service.receive(suggest(1, `${prefix}p`));
    await turnUntil(() => posted.length > 0);
    expect(answers(posted)).toEqual([['suggestion', 1, 'ha beta gamma']]);
    expect(before).toBe(1);
  });

  it('stops reading ahead as soon as something is asked', async () => {
    const { service, posted, arriving, steppers } = await startLoaded();
    let isAsked = false;
    steppers[0].onFeed = () => {
      if (!isAsked) arriving.push(suggest(1, 'alpha b', 'b'));
      isAsked = true;
    };
    const prefix = learnt.repeat(50);
    service.receive({ type: 'warm', text: { document: 'a', prefix, atFileStart: true } });
    await turnUntil(() => posted.length > 0);
    expect(answers(posted)).toEqual([['suggestion', 1, 'eta gamma']]);
    expect(steppers[0].fed).toBeLessThan(prefix.length / 2);
  });

  it('goes on after an error, and says so', async () => {
    const { service, posted, steppers } = await startLoaded();
    steppers[0].onFeed = () => {
      throw new Error('broken');
    };
    service.receive(suggest(1, 'al'));
    await turn();
    expect(posted).toEqual([
      {
        type: 'failed',
        id: 1,
        sentence: 'broken',
        detail: expect.stringContaining('Error: broken') as string,
      },
    ]);
    steppers[0].onFeed = () => {};
    service.receive(suggest(2, 'al'));
    await turnUntil(() => posted.length === 2);
    expect(answers(posted)[1]).toEqual(['suggestion', 2, 'pha beta gamma']);
  });

  it('keeps the model it has when another cannot be loaded', async () => {
    const { service, posted } = await startLoaded();
    service.receive({ type: 'load', modelPath: 'torn' });
    await turn();
    service.receive(suggest(1, 'al'));
    await turnUntil(() => posted.length === 2);
    expect(posted[0]).toMatchObject({ type: 'loadFailed', sentence: 'It is torn.' });
    expect(answers(posted)[1]).toEqual(['suggestion', 1, 'pha beta gamma']);
  });

  it('loads the newest of several models asked for', async () => {
    const { service, posted, steppers } = start();
    for (const modelPath of ['m', 'm', 'm']) service.receive({ type: 'load', modelPath });
    await turnUntil(() => posted.length === 2);
    await turn();
    expect(posted.map(({ type }) => type)).toEqual(['loaded', 'loaded']);
    expect(steppers.map(({ isDisposed }) => isDisposed)).toEqual([true, false]);
  });
});

describe('samples', () => {
  it('stream', async () => {
    const { service, posted } = await startLoaded();
    service.receive(sampleOf(1, 15));
    await turnUntil(() => posted.at(-1)?.type === 'sampleEnd');
    expect(posted.map((message) => (message.type === 'sampleText' ? message.text : message.type))).toEqual([
      'pha beta',
      ' gamma\n',
      'sampleEnd',
    ]);
  });

  it('are written as the workspace would, once its files are remembered', async () => {
    const text = 'kappa = lambda;\n'.repeat(20);
    const files = [{ path: '/w/a.txt', encoding: 'utf-8', text, characters: text.length }];
    const { service, posted } = start({
      readCorpus: () => Promise.resolve({ ...corpus, files }),
      // A network that knows nothing.
      loadNetwork: () =>
        Promise.resolve({ stepper: new NgramStepper(vocabulary, learnt, 0), vocabulary, summary }),
    });
    service.receive({ type: 'load', modelPath: 'm' });
    service.receive(remember);
    await turnUntil(() => posted.some((message) => message.type === 'memory' && message.summary.files === 1));
    await turnUntil(() => posted.some(({ type }) => type === 'loaded'));
    service.receive({
      type: 'sample',
      id: 1,
      options: { prime: 'kappa = la', length: 6, temperature: 0, seed: 0 },
    });
    await turnUntil(() => posted.at(-1)?.type === 'sampleEnd');
    expect(posted.at(-2)).toEqual({ type: 'sampleText', id: 1, text: 'mbda;\n' });
  });

  it('let suggestions through, and end when cancelled', async () => {
    const { service, posted } = await startLoaded();
    service.receive(sampleOf(1, 1e9));
    await turnUntil(() => posted.length > 3);
    service.receive(suggest(2, 'al'));
    await turnUntil(() => posted.some(({ type }) => type === 'suggestion'));
    service.receive({ type: 'cancel', id: 1 });
    const count = posted.length;
    expect(posted.at(-1)).toEqual({ type: 'sampleEnd', id: 1 });
    await turn();
    await turn();
    expect(posted.length).toBe(count);
  });

  it('go on with the model they began with', async () => {
    const { service, posted, steppers } = await startLoaded();
    service.receive(sampleOf(1, 1e9));
    service.receive({ type: 'load', modelPath: 'newer' });
    await turnUntil(() => posted.some(({ type }) => type === 'loaded'));
    const count = posted.length;
    await turnUntil(() => posted.length > count + 2);
    expect(posted.at(-1)?.type).toBe('sampleText');
    expect(steppers[0].isDisposed).toBe(false);
    service.receive({ type: 'cancel', id: 1 });
    expect(steppers.map(({ isDisposed }) => isDisposed)).toEqual([true, false]);
  });
});

describe('with a memory', () => {
  async function startRemembering() {
    const started = start();
    started.service.receive(remember);
    await turnUntil(() => started.posted.some(({ type }) => type === 'memory'));
    started.posted.splice(0);
    return started;
  }

  it('tells what it knows, and suggests without a model', async () => {
    const { service, posted } = start();
    service.receive(remember);
    await turnUntil(() => posted.some(({ type }) => type === 'memory'));
    expect(posted.splice(0)).toEqual([
      { type: 'memory', summary: expect.objectContaining({ files: 1, isComplete: true }) as object },
    ]);
    service.receive(suggest(1, 'alpha b'));
    await turnUntil(() => posted.length > 0);
    expect(answers(posted)).toEqual([['suggestion', 1, expect.stringMatching(/^eta gamma/)]]);
  });

  it('goes on with a model beside it', async () => {
    const { service, posted } = await startRemembering();
    service.receive({ type: 'load', modelPath: 'm' });
    await turnUntil(() => posted.length > 0);
    posted.splice(0);
    service.receive(suggest(1, 'alpha b'));
    await turnUntil(() => posted.length > 0);
    expect(answers(posted)).toEqual([['suggestion', 1, expect.stringMatching(/^eta gamma/)]]);
  });

  it('follows a document, and says when it cannot any more', async () => {
    const { service, posted } = await startRemembering();
    const text = 'zeta omega theta\n'.repeat(10);
    service.receive({ type: 'open', document: 'a', text });
    service.receive({
      type: 'change',
      document: 'a',
      changes: [{ offset: text.length, removed: 0, inserted: 'zeta o' }],
    });
    const { request } = suggest(1, 'zeta o');
    service.receive({
      type: 'suggest',
      id: 1,
      request: { ...request, atFileStart: false, offset: text.length + 6 },
    });
    await turnUntil(() => posted.length > 0);
    expect(answers(posted.splice(0))).toEqual([['suggestion', 1, expect.stringMatching(/^mega theta/)]]);
    service.receive({ type: 'suggest', id: 2, request: { ...request, offset: 3 } });
    await turnUntil(() => posted.length > 1);
    expect(posted.map(({ type }) => type)).toEqual(['outOfStep', 'suggestion']);
  });

  it('lets a change wait for the suggestion that reads its document, and ends that', async () => {
    const { service, posted, arriving, steppers } = await startRemembering();
    service.receive({ type: 'load', modelPath: 'm' });
    await turnUntil(() => posted.length > 0);
    posted.splice(0);
    service.receive({ type: 'open', document: 'a', text: 'alpha b' });
    let feeds = 0;
    steppers[0].onFeed = () => {
      if (++feeds === 4) {
        arriving.push({ type: 'change', document: 'a', changes: [{ offset: 7, removed: 0, inserted: 'e' }] });
      }
    };
    const { request } = suggest(1, 'alpha b');
    service.receive({ type: 'suggest', id: 1, request: { ...request, offset: 7 } });
    await turnUntil(() => posted.length > 0);
    expect(answers(posted.splice(0))).toEqual([['suggestion', 1, undefined]]);
    service.receive({ type: 'suggest', id: 2, request: { ...request, prefix: 'alpha be', offset: 8 } });
    await turnUntil(() => posted.length > 0);
    expect(answers(posted)).toEqual([['suggestion', 2, expect.stringMatching(/^ta gamma/)]]);
  });

  it('has a document told again that came before the memory was there', async () => {
    const { service, posted } = start();
    service.receive(remember);
    service.receive({ type: 'open', document: 'a', text: 'zeta' });
    expect(posted).toEqual([{ type: 'outOfStep', document: 'a' }]);
    await turnUntil(() => posted.some(({ type }) => type === 'memory'));
  });

  it('has a document told again whose suggestion failed', async () => {
    const { service, posted, steppers } = await startRemembering();
    service.receive({ type: 'load', modelPath: 'm' });
    await turnUntil(() => posted.length > 0);
    posted.splice(0);
    service.receive({ type: 'open', document: 'a', text: 'alpha b' });
    steppers[0].onFeed = () => {
      throw new Error('broken');
    };
    const { request } = suggest(1, 'alpha b');
    service.receive({ type: 'suggest', id: 1, request: { ...request, offset: 7 } });
    await turnUntil(() => posted.length > 1);
    expect(posted).toMatchObject([
      { type: 'outOfStep', document: 'a' },
      { type: 'failed', id: 1 },
    ]);
  });

  it('says when files cannot be read', async () => {
    const { service, posted } = start({ readCorpus: () => Promise.reject(new UserFacingError('Gone.')) });
    service.receive(remember);
    await turnUntil(() => posted.length > 0);
    expect(posted).toMatchObject([{ type: 'memoryFailed', sentence: 'Gone.' }]);
  });
});
