import { describe, expect, it, vi } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import type {
  FromSuggestionWorker,
  SuggestMessage,
  ToSuggestionWorker,
} from '../../../src/completion/worker/protocol.ts';
import { SuggestionService, type ServicePort } from '../../../src/completion/worker/suggestion-service.ts';
import type { Suggestion, SuggestionRequest } from '../../../src/completion/decode/suggest.ts';
import { ContextModelPredictor } from '../../../src/completion/predict/context-model-predictor.ts';
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

const corpusSource = {
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
function start(changes: Partial<ServicePort> = {}) {
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

function suggest(
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

const sampleOf = (id: number, length: number): ToSuggestionWorker => ({
  type: 'request',
  id,
  method: 'sample',
  params: { prime: 'al', length, temperature: 0, seed: 0 },
});

/** Has suggestions come from the model in a file, and from the corpus where one is given. */
const load = (path: string, version = '1', withCorpus?: typeof corpusSource): ToSuggestionWorker => ({
  type: 'sources',
  sources: { model: { path, version }, ...(withCorpus && { corpus: withCorpus }) },
});

async function startLoaded() {
  const started = start();
  started.service.receive(load('m'));
  await started.until(() => started.posted.length === 1);
  expect(started.posted.splice(0)).toEqual([{ type: 'modelLoaded', summary }]);
  return started;
}

const textOf = (message: FromSuggestionWorker): string | undefined =>
  message.type === 'reply' ? (message.result as Suggestion | undefined)?.text : undefined;

const answers = (posted: readonly FromSuggestionWorker[]) =>
  posted.map((message) => [message.type, 'id' in message ? message.id : undefined, textOf(message)]);

describe('the suggestion service', () => {
  it('answers with nothing before a model is loaded', async () => {
    const { service, posted, until } = start();
    service.receive(suggest(1, 'al'));
    service.receive(sampleOf(2, 5));
    await until(() => posted.length === 2);
    expect(answers(posted)).toEqual([
      ['failure', 2, undefined],
      ['reply', 1, undefined],
    ]);
  });

  it('answers with a suggestion', async () => {
    const { service, posted, until } = await startLoaded();
    service.receive(suggest(1, 'al'));
    await until(() => posted.length === 1);
    expect(answers(posted)).toEqual([['reply', 1, 'pha beta gamma']]);
  });

  it('answers older requests for a document at once when a newer one arrives', async () => {
    const { service, posted, until } = await startLoaded();
    service.receive(suggest(1, 'al'));
    service.receive(suggest(2, 'alpha', 'b'));
    service.receive(suggest(3, 'alp'));
    expect(answers(posted)).toEqual([['reply', 1, undefined]]);
    await until(() => posted.length === 3);
    expect(answers(posted).slice(1)).toEqual([
      ['reply', 2, ' beta gamma'],
      ['reply', 3, 'ha beta gamma'],
    ]);
  });

  it('hears a cancellation while it computes', async () => {
    const { service, posted, arriving, steppers, until } = await startLoaded();
    service.receive(suggest(1, 'al'));
    service.receive(suggest(2, 'alpha', 'b'));
    let feeds = 0;
    steppers[0].onFeed = () => {
      if (++feeds === 3) arriving.push({ type: 'cancel', id: 1 }, { type: 'cancel', id: 2 });
    };
    await service.whenIdle;
    expect(answers(posted)).toEqual([
      ['reply', 2, undefined],
      ['reply', 1, undefined],
    ]);
    service.receive(suggest(3, 'alph'));
    await until(() => posted.length === 3);
    expect(answers(posted)[2]).toEqual(['reply', 3, 'a beta gamma']);
  });

  it('costs one symbol where the place was read ahead', async () => {
    const { service, posted, steppers, until } = await startLoaded();
    const prefix = 'alpha beta gamma\nalpha beta gamma\nal';
    service.receive({ type: 'warm', text: { document: 'a', prefix, atFileStart: true } });
    await service.whenIdle;
    expect(posted).toEqual([]);
    let feeds = 0;
    let before = steppers[0].fed;
    expect(before).toBeGreaterThan(prefix.length);
    steppers[0].onFeed = () => {
      if (feeds++ === 1) before = steppers[0].fed - before;
    };
    service.receive(suggest(1, `${prefix}p`));
    await until(() => posted.length > 0);
    expect(answers(posted)).toEqual([['reply', 1, 'ha beta gamma']]);
    expect(before).toBe(1);
  });

  it('stops reading ahead as soon as something is asked', async () => {
    const { service, posted, arriving, steppers, until } = await startLoaded();
    let isAsked = false;
    steppers[0].onFeed = () => {
      if (!isAsked) arriving.push(suggest(1, 'alpha b', 'b'));
      isAsked = true;
    };
    const prefix = learnt.repeat(50);
    service.receive({ type: 'warm', text: { document: 'a', prefix, atFileStart: true } });
    await until(() => posted.length > 0);
    expect(answers(posted)).toEqual([['reply', 1, 'eta gamma']]);
    expect(steppers[0].fed).toBeLessThan(prefix.length / 2);
  });

  it('goes on after an error, and says so', async () => {
    const { service, posted, steppers, until } = await startLoaded();
    steppers[0].onFeed = () => {
      throw new Error('broken');
    };
    service.receive(suggest(1, 'al'));
    await until(() => posted.length === 1);
    expect(posted).toEqual([
      {
        type: 'failure',
        id: 1,
        sentence: 'broken',
        detail: expect.stringContaining('Error: broken') as string,
      },
    ]);
    steppers[0].onFeed = () => {};
    service.receive(suggest(2, 'al'));
    await until(() => posted.length === 2);
    expect(answers(posted)[1]).toEqual(['reply', 2, 'pha beta gamma']);
  });

  it('keeps the model it has when another cannot be loaded', async () => {
    const { service, posted, until } = await startLoaded();
    service.receive(load('torn', '2'));
    service.receive(suggest(1, 'al'));
    await until(() => posted.length === 2);
    expect(posted[0]).toMatchObject({ type: 'modelFailed', sentence: 'It is torn.' });
    expect(answers(posted)[1]).toEqual(['reply', 1, 'pha beta gamma']);
  });

  it('loads the newest of several models asked for', async () => {
    const { service, posted, steppers, until } = start();
    for (const version of ['1', '2', '3']) service.receive(load('m', version));
    await until(() => posted.length === 2);
    await service.whenIdle;
    expect(posted.map(({ type }) => type)).toEqual(['modelLoaded', 'modelLoaded']);
    expect(steppers.map(({ isDisposed }) => isDisposed)).toEqual([true, false]);
  });
});

describe('samples', () => {
  it('stream', async () => {
    const { service, posted, until } = await startLoaded();
    service.receive(sampleOf(1, 15));
    await until(() => posted.at(-1)?.type === 'reply');
    expect(posted.map((message) => (message.type === 'part' ? message.part : message.type))).toEqual([
      'pha beta',
      ' gamma\n',
      'reply',
    ]);
  });

  it('are written as the workspace would, once its files are known', async () => {
    const text = 'kappa = lambda;\n'.repeat(20);
    const files = [{ path: '/w/a.txt', encoding: 'utf-8', text, characters: text.length }];
    const { service, posted, until } = start({
      readCorpus: () => Promise.resolve({ ...corpus, files }),
      // A network that knows nothing.
      loadNetwork: () =>
        Promise.resolve({ stepper: new NgramStepper(vocabulary, learnt, 0), vocabulary, summary }),
    });
    service.receive(load('m', '1', corpusSource));
    await until(() =>
      posted.some((message) => message.type === 'workspaceRead' && message.summary.files === 1),
    );
    await until(() => posted.some(({ type }) => type === 'modelLoaded'));
    service.receive({
      type: 'request',
      id: 1,
      method: 'sample',
      params: { prime: 'kappa = la', length: 6, temperature: 0, seed: 0 },
    });
    await until(() => posted.at(-1)?.type === 'reply');
    expect(posted.at(-2)).toEqual({ type: 'part', id: 1, part: 'mbda;\n' });
  });

  it('let suggestions through, and end when cancelled', async () => {
    const { service, posted, until } = await startLoaded();
    service.receive(sampleOf(1, 1e9));
    await until(() => posted.length > 3);
    service.receive(suggest(2, 'al'));
    await until(() => posted.some(({ type }) => type === 'reply'));
    service.receive({ type: 'cancel', id: 1 });
    const count = posted.length;
    expect(posted.at(-1)).toEqual({ type: 'reply', id: 1, result: undefined });
    await service.whenIdle;
    expect(posted.length).toBe(count);
  });

  it('go on with the model they began with', async () => {
    const { service, posted, steppers, until } = await startLoaded();
    service.receive(sampleOf(1, 1e9));
    service.receive(load('newer', '2'));
    await until(() => posted.some(({ type }) => type === 'modelLoaded'));
    const count = posted.length;
    await until(() => posted.length > count + 2);
    expect(posted.at(-1)?.type).toBe('part');
    expect(steppers[0].isDisposed).toBe(false);
    service.receive({ type: 'cancel', id: 1 });
    expect(steppers.map(({ isDisposed }) => isDisposed)).toEqual([true, false]);
  });
});

describe('with a memory', () => {
  const readWorkspace: ToSuggestionWorker = { type: 'sources', sources: { corpus: corpusSource } };

  async function startWithWorkspace() {
    const started = start();
    started.service.receive(readWorkspace);
    await started.until(() => started.posted.some(({ type }) => type === 'workspaceRead'));
    started.posted.splice(0);
    return started;
  }

  it('tells what it knows, and suggests without a model', async () => {
    const { service, posted, until } = start();
    service.receive(readWorkspace);
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
    expect(posted.splice(0)).toEqual([
      { type: 'workspaceRead', summary: expect.objectContaining({ files: 1, isComplete: true }) as object },
    ]);
    service.receive(suggest(1, 'alpha b'));
    await until(() => posted.length > 0);
    expect(answers(posted)).toEqual([['reply', 1, expect.stringMatching(/^eta gamma/)]]);
  });

  it('goes on with a model beside it', async () => {
    const { service, posted, until } = await startWithWorkspace();
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.length > 0);
    posted.splice(0);
    service.receive(suggest(1, 'alpha b'));
    await until(() => posted.length > 0);
    expect(answers(posted)).toEqual([['reply', 1, expect.stringMatching(/^eta gamma/)]]);
  });

  it('follows a document, and says when it cannot any more', async () => {
    const { service, posted, until } = await startWithWorkspace();
    const text = 'zeta omega theta\n'.repeat(10);
    service.receive({ type: 'open', document: 'a', text });
    service.receive({
      type: 'change',
      document: 'a',
      changes: [{ offset: text.length, removed: 0, inserted: 'zeta o' }],
    });
    service.receive(suggest(1, 'zeta o', 'a', { atFileStart: false, offset: text.length + 6 }));
    await until(() => posted.length > 0);
    expect(answers(posted.splice(0))).toEqual([['reply', 1, expect.stringMatching(/^mega theta/)]]);
    service.receive(suggest(2, 'zeta o', 'a', { offset: 3 }));
    await until(() => posted.length > 1);
    expect(posted.map(({ type }) => type)).toEqual(['outOfStep', 'reply']);
  });

  it('lets a change wait for the suggestion that reads its document, and ends that', async () => {
    const { service, posted, arriving, steppers, until } = await startWithWorkspace();
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.length > 0);
    posted.splice(0);
    service.receive({ type: 'open', document: 'a', text: 'alpha b' });
    let feeds = 0;
    steppers[0].onFeed = () => {
      if (++feeds === 4) {
        arriving.push({ type: 'change', document: 'a', changes: [{ offset: 7, removed: 0, inserted: 'e' }] });
      }
    };
    service.receive(suggest(1, 'alpha b', 'a', { offset: 7 }));
    await until(() => posted.length > 0);
    expect(answers(posted.splice(0))).toEqual([['reply', 1, undefined]]);
    service.receive(suggest(2, 'alpha be', 'a', { offset: 8 }));
    await until(() => posted.length > 0);
    expect(answers(posted)).toEqual([['reply', 2, expect.stringMatching(/^ta gamma/)]]);
  });

  it('has a document told again that came before the memory was there', async () => {
    const { service, posted, until } = start();
    service.receive(readWorkspace);
    service.receive({ type: 'open', document: 'a', text: 'zeta' });
    expect(posted).toEqual([{ type: 'outOfStep', document: 'a' }]);
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
  });

  it('has a document told again whose suggestion failed', async () => {
    const { service, posted, steppers, until } = await startWithWorkspace();
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.length > 0);
    posted.splice(0);
    service.receive({ type: 'open', document: 'a', text: 'alpha b' });
    steppers[0].onFeed = () => {
      throw new Error('broken');
    };
    service.receive(suggest(1, 'alpha b', 'a', { offset: 7 }));
    await until(() => posted.length > 1);
    expect(posted).toMatchObject([
      { type: 'outOfStep', document: 'a' },
      { type: 'failure', id: 1 },
    ]);
  });

  it('says when files cannot be read', async () => {
    const { service, posted, until } = start({
      readCorpus: () => Promise.reject(new UserFacingError('Gone.')),
    });
    service.receive(readWorkspace);
    await until(() => posted.length > 0);
    expect(posted).toMatchObject([{ type: 'workspaceFailed', sentence: 'Gone.' }]);
  });

  it('survives a document that cannot be opened, and says so', async () => {
    const memory = await createContextModel();
    vi.spyOn(memory, 'openDocument').mockImplementation(() => {
      throw new RangeError('no room');
    });
    const { service, posted, until } = start({ createContextModel: () => Promise.resolve(memory) });
    service.receive(readWorkspace);
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
    posted.splice(0);
    service.receive({ type: 'open', document: 'a', text: 'zeta' });
    expect(posted).toEqual([
      { type: 'openFailed', document: 'a', detail: expect.stringContaining('RangeError: no room') as string },
    ]);
  });

  it('survives a change that cannot be made, forgets the document and says so', async () => {
    const { service, posted } = await startWithWorkspace();
    service.receive({ type: 'open', document: 'a', text: 'zeta' });
    const change = vi.spyOn(ContextModelPredictor.prototype, 'change').mockImplementation(() => {
      throw new RangeError('no room');
    });
    const forget = vi.spyOn(ContextModelPredictor.prototype, 'forget');
    const changes = [{ offset: 4, removed: 0, inserted: 's' }];
    service.receive({ type: 'change', document: 'a', changes });
    expect(posted).toEqual([
      { type: 'outOfStep', document: 'a', detail: expect.stringContaining('RangeError: no room') as string },
    ]);
    expect(forget).toHaveBeenCalledWith('a');
    change.mockRestore();
    forget.mockRestore();
  });

  it('is dropped without the model, and read again when it is wanted again', async () => {
    const { service, posted, until } = start();
    const suggestionOf = async (id: number, prefix: string): Promise<string | undefined> => {
      service.receive(suggest(id, prefix));
      await until(() => posted.some((message) => message.type === 'reply' && message.id === id));
      return posted.map(textOf).at(-1);
    };
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
    await until(() => posted.some(({ type }) => type === 'modelLoaded'));
    posted.splice(0);
    service.receive(load('m'));
    expect(await suggestionOf(1, 'al')).toBe('pha beta gamma');
    service.receive({ type: 'open', document: 'a', text: 'al' });
    expect(posted.at(-1)).toEqual({ type: 'outOfStep', document: 'a' });
    expect(posted.some(({ type }) => type === 'modelLoaded')).toBe(false);
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
    service.receive(readWorkspace);
    expect(await suggestionOf(2, 'alpha b')).toMatch(/^eta gamma/);
    service.receive({ type: 'sources', sources: {} });
    expect(await suggestionOf(3, 'alpha b')).toBeUndefined();
  });

  it('is read once for the same source, and again for a higher revision', async () => {
    let readings = 0;
    const { service, posted, until } = start({
      readCorpus: () => {
        readings++;
        return Promise.resolve(corpus);
      },
    });
    service.receive(readWorkspace);
    service.receive(readWorkspace);
    await until(() => posted.length === 1);
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.length === 2);
    expect(readings).toBe(1);
    service.receive({ type: 'sources', sources: { corpus: { ...corpusSource, revision: 2 } } });
    await until(() => posted.length === 3);
    expect(readings).toBe(2);
  });
});

describe('surprise', () => {
  const rate = (id: number, lines: number): ToSuggestionWorker => ({
    type: 'request',
    id,
    method: 'surprise',
    params: { document: '/w/b.txt', text: learnt.repeat(lines), languageId: 'plaintext', first: [] },
  });

  it('never holds up a suggestion, and is complete all the same', async () => {
    const { service, posted, until } = start();
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
    service.receive(rate(1, 2000));
    await until(() => posted.some(({ type }) => type === 'part'));
    service.receive(suggest(2, 'alpha '));
    await service.whenIdle;
    const replies = posted.flatMap((message) => (message.type === 'reply' ? [message.id] : []));
    expect(replies).toEqual([2, 1]);
    const lines = posted.flatMap((message) =>
      message.type === 'part' ? (message.part as readonly object[]).length : [],
    );
    expect(lines.reduce((sum, count) => sum + count, 0)).toBe(2000);
  });

  it('ends with the workspace that it is judged by', async () => {
    const { service, posted, until } = start();
    service.receive(load('m', '1', corpusSource));
    await until(() => posted.some(({ type }) => type === 'workspaceRead'));
    service.receive(rate(1, 2000));
    await until(() => posted.some(({ type }) => type === 'part'));
    service.receive(load('m'));
    expect(posted.at(-1)).toEqual({ type: 'reply', id: 1, result: undefined });
  });
});

describe('settling', () => {
  it('is answered when the model is loaded and the files are learnt', async () => {
    const { service, posted, until } = start();
    const model = { path: 'm', version: '1' };
    service.receive({ type: 'sources', sources: { model, corpus: corpusSource } });
    service.receive({ type: 'request', id: 9, method: 'settle', params: undefined });
    await until(() => posted.some(({ type }) => type === 'reply'));
    const types = posted.map(({ type }) => type);
    expect(types.at(-1)).toBe('reply');
    expect(types).toContain('modelLoaded');
    expect(posted).toContainEqual(
      expect.objectContaining({
        type: 'workspaceRead',
        summary: expect.objectContaining({ isComplete: true }) as unknown,
      }),
    );
  });

  it('is answered though nothing can be loaded or read', async () => {
    const { service, posted, until } = start({ readCorpus: () => Promise.reject(new Error('gone')) });
    const model = { path: 'torn', version: '1' };
    service.receive({ type: 'sources', sources: { model, corpus: corpusSource } });
    service.receive({ type: 'request', id: 9, method: 'settle', params: undefined });
    await until(() => posted.some(({ type }) => type === 'reply'));
    expect(posted.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['modelFailed', 'workspaceFailed', 'reply']),
    );
  });
});
