import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { UserFacingError } from '../../../src/common/errors.ts';
import type { TrainingDone, TrainingEvent } from '../../../src/training/index.ts';
import type { ModelStore } from '../../../src/ui/model/model-store.ts';

interface Run {
  readonly onEvent: (event: TrainingEvent) => void;
  readonly stops: number;
  readonly keys: number;
  end(result: TrainingDone | Error): void;
}

interface Scene {
  runs: Run[];
  notifications: { sentence: string; buttons: string[] }[];
  /** Lets the progress notification appear. */
  showProgress(): void;
  active: TypedDocument;
  typed(change: { readonly document: TypedDocument }): void;
}

interface TypedDocument {
  readonly uri: { readonly scheme: string };
}
const scene = vi.hoisted((): Scene => ({
  runs: [],
  notifications: [],
  showProgress: () => undefined,
  active: { uri: { scheme: 'file' } },
  typed: () => undefined,
}));

vi.mock('vscode', () => {
  const show = (sentence: string, ...buttons: string[]) => {
    scene.notifications.push({ sentence, buttons });
    return Promise.resolve(undefined);
  };
  return {
    ProgressLocation: { Notification: 15 },
    EventEmitter: class {
      private readonly listeners: (() => void)[] = [];
      event = (listener: () => void) => this.listeners.push(listener);
      fire = () => this.listeners.forEach((listener) => listener());
      dispose = () => undefined;
    },
    workspace: {
      workspaceFolders: [{ uri: { scheme: 'file', fsPath: '/work' } }],
      getConfiguration: () => ({ get: () => undefined }),
      onDidChangeTextDocument: (listener: Scene['typed']) => {
        scene.typed = listener;
        return { dispose: () => (scene.typed = () => undefined) };
      },
    },
    window: {
      get activeTextEditor() {
        return { document: scene.active };
      },
      showInformationMessage: show,
      showErrorMessage: show,
      withProgress: async (_options: unknown, task: (...args: unknown[]) => unknown) => {
        await new Promise<void>((resolve) => (scene.showProgress = resolve));
        return task({ report: () => undefined }, { onCancellationRequested: () => undefined });
      },
    },
  };
});
vi.mock('../../../src/training/index.ts', () => ({
  startTraining: (_path: string, _request: unknown, context: { onEvent: Run['onEvent'] }) => {
    let end!: Run['end'];
    const finished = new Promise<TrainingDone>((resolve, reject) => {
      end = (result) => (result instanceof Error ? reject(result) : resolve(result));
    });
    const run = { onEvent: context.onEvent, stops: 0, keys: 0, end };
    scene.runs.push(run);
    return { finished, pid: 42, stop: () => run.stops++, noteTyping: () => run.keys++ };
  },
}));

const { TrainingController } = await import('../../../src/ui/training/training-controller.ts');

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

let controller: InstanceType<typeof TrainingController>;

beforeEach(() => {
  scene.runs = [];
  scene.notifications = [];
  controller = new TrainingController(
    'process.cjs',
    store as unknown as ModelStore,
    log as unknown as vscode.LogOutputChannel,
  );
});

/** Starts a training up to where its process runs. */
async function startTraining(): Promise<{ run: Run; training: Promise<void> }> {
  const training = controller.train();
  await vi.waitFor(() => {
    scene.showProgress();
    expect(scene.runs.length).toBe(1);
  });
  return { run: scene.runs.pop()!, training };
}

describe('a training in the editor', () => {
  it('that is stopped before its process runs is stopped all the same', async () => {
    const training = controller.train();
    expect(controller.stop()).toBe(true);
    await vi.waitFor(() => {
      scene.showProgress();
      expect(scene.runs.length).toBe(1);
    });
    expect(scene.runs[0].stops).toBe(1);
    scene.runs[0].end({ ...done, ending: 'interrupted' });
    await training;
    expect(controller.stop()).toBe(false);
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
    expect(scene.notifications).toEqual([
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
    run.end(new UserFacingError('No engine.', { action: { title: 'Train with Wasm', command: 'x' } }));
    await training;
    expect(scene.notifications[0].buttons).toEqual(['Train with Wasm', 'Show Log']);
  });

  it('is told when somebody types in the editor in front, until it ends', async () => {
    const { run, training } = await startTraining();
    scene.typed({ document: scene.active });
    expect(run.keys).toBe(1);
    scene.typed({ document: { uri: { scheme: 'file' } } });
    scene.active = { uri: { scheme: 'output' } };
    scene.typed({ document: scene.active });
    expect(run.keys).toBe(1);
    scene.active = { uri: { scheme: 'file' } };
    run.end(done);
    await training;
    scene.typed({ document: scene.active });
    expect(run.keys).toBe(1);
  });

  it('shows the same note once', async () => {
    for (let time = 0; time < 2; time++) {
      const { run, training } = await startTraining();
      run.onEvent(started);
      run.end(done);
      await training;
    }
    const notes = scene.notifications.filter(({ sentence }) => sentence === 'The files changed.');
    expect(notes.length).toBe(1);
  });

  it('writes what was left out to the log in few entries, and not all at once, however much it is', async () => {
    const entries: string[] = [];
    const spy = vi.spyOn(log, 'info').mockImplementation((entry: string) => void entries.push(entry));
    const { run, training } = await startTraining();
    const leftOut = Array.from({ length: 1000 }, (_, i) => ({ path: `f${i}`, reason: 'binary' }));
    const counts = { files: 1, characters: 2, validationFiles: 0, vocabularySize: 3 };
    run.onEvent({ event: 'corpus', ...counts, leftOut });
    expect(entries.length).toBe(2);
    await vi.waitFor(() => expect(entries.at(-1)).toContain('\n  left out: f999: binary'));
    expect(entries.length).toBeLessThan(10);
    for (const { path } of leftOut) expect(entries.join('\n')).toContain(`: ${path}: `);
    spy.mockRestore();
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
