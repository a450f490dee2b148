import { beforeEach, describe, expect, it, vi } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import { MISSING_ROOT } from '../../../src/corpus/index.ts';
import type { TrainingDone, TrainingEvent } from '../../../src/training/index.ts';
import { notify } from '../../../src/ui/status/notifications.ts';
import { TrainingController } from '../../../src/ui/training/training-controller.ts';
import { untilPasses } from '../../until.ts';
import { fake, type FakeDocument, resetFake } from '../../vscode-fake/index.ts';

interface Run {
  readonly onEvent: (event: TrainingEvent) => void;
  readonly stops: number;
  readonly keys: number;
  end(result: TrainingDone | Error): void;
}

const runs: Run[] = vi.hoisted(() => []);
vi.mock('../../../src/training/index.ts', () => ({
  startTraining: (_path: string, _request: unknown, context: { onEvent: Run['onEvent'] }) => {
    let end!: Run['end'];
    const finished = new Promise<TrainingDone>((resolve, reject) => {
      end = (result) => (result instanceof Error ? reject(result) : resolve(result));
    });
    const run = { onEvent: context.onEvent, stops: 0, keys: 0, end };
    runs.push(run);
    return { finished, pid: 42, stop: () => run.stops++, noteTyping: () => run.keys++ };
  },
}));

const log = {
  info: (_entry: string) => undefined as void,
  warn: () => undefined,
  error: () => undefined,
  debug: () => undefined,
};
const store = { path: '/storage/model.safetensors', prepare: () => Promise.resolve() };
const done: TrainingDone = {
  event: 'done',
  engine: 'wasm',
  engineReason: 'a test',
  steps: 10,
  savedStep: 10,
  hasImproved: true,
  loss: 2,
  bitsPerCharacter: null,
  charactersPerSecond: 1000,
  seconds: 60,
  ending: 'minutes',
};
const started: TrainingEvent = {
  event: 'started',
  engine: 'wasm',
  engineReason: 'a test',
  parameters: 1,
  batchSize: 1,
  stepsPerEpoch: 1,
  resumedFromStep: 10,
  note: 'The files changed.',
};

/** Lets the progress notification appear. */
let showProgress: () => void;
/** The document of the editor in front. */
const active: FakeDocument = { uri: { scheme: 'file' } };

let controller: TrainingController;
let isMarked: boolean;
const mark = { set: () => (isMarked = true), clear: () => (isMarked = false) };

beforeEach(() => {
  resetFake();
  isMarked = false;
  runs.length = 0;
  fake.workspaceFolders = [{ uri: { scheme: 'file', fsPath: import.meta.dirname } }];
  fake.activeTextEditor = { document: active };
  fake.untilProgress = () => new Promise((resolve) => (showProgress = resolve));
  controller = new TrainingController('process.cjs', '/base', store, log, mark, { show: notify });
});

/** Starts a training up to where its process runs. */
async function startTraining(): Promise<{ run: Run; training: Promise<void> }> {
  const training = controller.train();
  await untilPasses(() => {
    showProgress();
    expect(runs.length).toBe(1);
  });
  return { run: runs.pop()!, training };
}

describe('a training in the editor', () => {
  it('that is stopped before its process runs is stopped all the same', async () => {
    const training = controller.train();
    expect(controller.stop()).toBe(true);
    await untilPasses(() => {
      showProgress();
      expect(runs.length).toBe(1);
    });
    expect(runs[0].stops).toBe(1);
    runs[0].end({ ...done, ending: 'interrupted' });
    await training;
    expect(controller.stop()).toBe(false);
  });

  it('is marked while it runs, and stays so where the window closes meanwhile', async () => {
    const first = await startTraining();
    expect(isMarked).toBe(true);
    first.run.end(done);
    await first.training;
    expect(isMarked).toBe(false);
    const second = await startTraining();
    controller.dispose();
    second.run.end({ ...done, ending: 'interrupted' });
    await second.training;
    expect(isMarked).toBe(true);
  });

  it('is not stopped by what was asked before it began', async () => {
    expect(controller.stop()).toBe(false);
    const { run, training } = await startTraining();
    expect(run.stops).toBe(0);
    run.end(done);
    await training;
  });

  it('offers to train again when it failed, and is remembered as failed until that is of no interest', async () => {
    const { run, training } = await startTraining();
    run.end(new UserFacingError('It was killed.'));
    await training;
    expect(fake.notifications).toEqual([
      { sentence: 'It was killed.', buttons: ['Train Again', 'Show Log'] },
    ]);
    expect(controller.failure).toBe('It was killed.');
    let changes = 0;
    controller.onDidChange(() => changes++);
    controller.forgetFailure();
    expect(controller.failure).toBeUndefined();
    expect(changes).toBe(1);
  });

  it('offers the action of its own failure instead, where there is one', async () => {
    const { run, training } = await startTraining();
    run.end(new UserFacingError('No engine.', { code: 'tensorflow-missing' }));
    await training;
    expect(fake.notifications[0].buttons).toEqual(['Train with wasm', 'Show Log']);
  });

  it('is told when somebody types in the editor in front, until it ends', async () => {
    const type = (document: FakeDocument): void => fake.events.textDocument.fire({ document });
    const { run, training } = await startTraining();
    type(active);
    expect(run.keys).toBe(1);
    type({ uri: { scheme: 'file' } });
    const output = { uri: { scheme: 'output' } };
    fake.activeTextEditor = { document: output };
    type(output);
    expect(run.keys).toBe(1);
    fake.activeTextEditor = { document: active };
    run.end(done);
    await training;
    type(active);
    expect(run.keys).toBe(1);
    expect(fake.events.textDocument.listenerCount).toBe(0);
  });

  it('shows the same note once', async () => {
    for (let time = 0; time < 2; time++) {
      const { run, training } = await startTraining();
      run.onEvent(started);
      run.end(done);
      await training;
    }
    const notes = fake.notifications.filter(({ sentence }) => sentence === 'The files changed.');
    expect(notes.length).toBe(1);
  });

  it('writes what was left out to the log in few entries, and not all at once, however much it is', async () => {
    const entries: string[] = [];
    const spy = vi.spyOn(log, 'info').mockImplementation((entry: string) => void entries.push(entry));
    const { run, training } = await startTraining();
    const leftOut = Array.from({ length: 1000 }, (_, i) => ({ path: `f${i}`, reason: 'binary' }));
    const counts = { files: 1, characters: 2, validationFiles: 0, vocabularySize: 3, learnt: [] };
    run.onEvent({ event: 'corpus', ...counts, leftOut });
    expect(entries.length).toBe(2);
    await untilPasses(() => expect(entries.at(-1)).toContain('\n  left out: f999: binary'));
    expect(entries.length).toBeLessThan(10);
    for (const { path } of leftOut) expect(entries.join('\n')).toContain(`: ${path}: `);
    spy.mockRestore();
    run.end(done);
    await training;
  });

  it('reports a workspace folder that is missing, once', async () => {
    const missing = { path: '/gone', reason: MISSING_ROOT };
    const counts = { files: 1, characters: 2, validationFiles: 0, vocabularySize: 3, learnt: [] };
    for (let time = 0; time < 2; time++) {
      const { run, training } = await startTraining();
      run.onEvent({ event: 'corpus', ...counts, leftOut: [missing] });
      run.end(done);
      await training;
    }
    const reports = fake.notifications.filter(({ sentence }) => sentence.includes('/gone'));
    expect(reports).toEqual([
      {
        sentence: expect.stringMatching(/is not there, so .* bring it back/) as string,
        buttons: ['Show Log'],
      },
    ]);
  });

  it('logs nothing more once it is disposed of', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const entries = vi.spyOn(log, 'info');
    const { run, training } = await startTraining();
    const leftOut = Array.from({ length: 1000 }, (_, i) => ({ path: `f${i}`, reason: 'binary' }));
    run.onEvent({
      event: 'corpus',
      files: 1,
      characters: 2,
      validationFiles: 0,
      vocabularySize: 3,
      learnt: [],
      leftOut,
    });
    const count = entries.mock.calls.length;
    controller.dispose();
    vi.runAllTimers();
    expect(entries.mock.calls.length).toBe(count);
    entries.mockRestore();
    vi.useRealTimers();
    run.end(done);
    await training;
  });

  it('announces no checkpoint of an untrained network', async () => {
    let checkpoints = 0;
    controller.onDidCheckpoint(() => checkpoints++);
    const { run, training } = await startTraining();
    run.onEvent({ event: 'checkpoint', step: 0, path: store.path });
    expect(checkpoints).toBe(0);
    run.onEvent({ event: 'checkpoint', step: 7, path: store.path });
    expect(checkpoints).toBe(1);
    run.end(done);
    await training;
  });
});
