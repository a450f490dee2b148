import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SuggestionSources } from '../../../src/completion/index.ts';
import { type ModelWorkspace, ModelSession } from '../../../src/ui/session/model-session.ts';
import { WorkspaceChanges } from '../../../src/ui/training/workspace-changes.ts';
import type { TrainingState } from '../../../src/ui/status/status-text.ts';
import { configure, EventEmitter, fake, resetFake } from '../../vscode-fake/index.ts';

/** What the client was given, from the last to the first. */
let given: SuggestionSources[];
/** Answers, in order, of looks at the model file. */
let looks: ((version: string | undefined) => void)[];
let warnings: string[];
/** How often the file with what is remembered was deleted. */
let forgotten: number;
let session: ModelSession;
let changes: WorkspaceChanges;
let training: { state: TrainingState | undefined };
let events: Record<'training' | 'checkpoint' | 'file', EventEmitter<void>>;

const base = { path: 'B', version: '0', isBase: true } as const;
const running: TrainingState = { fraction: 0, bitsPerCharacter: undefined };
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const look = async (version: string | undefined): Promise<void> => {
  looks.shift()!(version);
  await settle();
};

function open(purgeLeftovers = () => Promise.resolve(), claimStray = () => Promise.resolve(false)): void {
  const state = { state: undefined as TrainingState | undefined };
  training = state;
  changes = new WorkspaceChanges((path) => path === '/w/ignored.log', {
    isOnBattery: () => Promise.resolve(false),
    validMs: 60_000,
  });
  const workspace: ModelWorkspace = {
    changes,
    store: {
      path: 'M',
      version: () => new Promise((resolve) => looks.push(resolve)),
      onDidChange: events.file.event,
      purgeLeftovers,
      claimStray,
    },
    memory: { path: 'R', forget: () => Promise.resolve(void forgotten++) },
    training: {
      get state() {
        return state.state;
      },
      onDidChange: events.training.event,
      onDidCheckpoint: events.checkpoint.event,
    },
  };
  const client = {
    setSources: (sources: SuggestionSources) => {
      const last = given.at(-1) ?? {};
      if (JSON.stringify(sources) !== JSON.stringify(last)) given.push(sources);
    },
  };
  session = new ModelSession(client, workspace, base, { warn: (line: string) => void warnings.push(line) });
}

/** What the client was given, in short: version of the model, and revision of the files. */
const short = () => given.map(({ model, corpus }) => [model?.version, corpus?.revision]);

beforeEach(() => {
  resetFake();
  configure({ 'charRnn.suggestions.beforeTraining': false });
  given = [];
  looks = [];
  warnings = [];
  forgotten = 0;
  events = { training: new EventEmitter(), checkpoint: new EventEmitter(), file: new EventEmitter() };
  fake.workspaceFolders = [{ uri: { scheme: 'file', fsPath: import.meta.dirname } }];
});
afterEach(() => {
  session.dispose();
  changes.dispose();
  vi.useRealTimers();
});

describe('the model in use', () => {
  it('is loaded with the window, and again for each newer file alone', async () => {
    open();
    await look('1');
    expect(given).toEqual([
      {
        model: { path: 'M', version: '1', basePath: 'B' },
        corpus: expect.objectContaining({ revision: 1 }) as object,
      },
    ]);
    events.file.fire();
    await look('1');
    expect(given.length).toBe(1);
    events.checkpoint.fire();
    await look('2');
    expect(short()).toEqual([
      ['1', 1],
      ['2', 1],
    ]);
  });

  it('is looked for when the window comes to the front', async () => {
    open();
    await look(undefined);
    fake.events.windowState.fire({ focused: false });
    expect(looks.length).toBe(0);
    fake.events.windowState.fire({ focused: true });
    await look('1');
    expect(given.at(-1)?.model?.path).toBe('M');
  });

  it('goes when its file goes, whatever an earlier look at the file says later', async () => {
    open();
    await look('1');
    events.file.fire();
    events.file.fire();
    const [early, late] = looks.splice(0);
    late(undefined);
    await settle();
    early('1');
    await settle();
    expect(given.at(-1)).toEqual({});
  });

  it('comes back where the same file does', async () => {
    open();
    await look('1');
    events.file.fire();
    await look(undefined);
    events.file.fire();
    await look('1');
    expect(given.map(({ model }) => model?.version)).toEqual(['1', undefined, '1']);
  });

  it('is not looked for before the workspace is trusted', async () => {
    fake.isTrusted = false;
    open();
    await settle();
    expect([looks.length, given]).toEqual([0, []]);
    fake.isTrusted = true;
    fake.events.trust.fire(undefined);
    await look('1');
    expect(given.at(-1)?.model?.version).toBe('1');
  });

  it('goes with the last folder', async () => {
    open();
    await look('1');
    fake.workspaceFolders = [];
    fake.events.folders.fire(undefined);
    await settle();
    expect(given.at(-1)).toEqual({});
    expect(session.obstacle).toBe('no-folder');
  });

  it('is not taken from the file while this window writes it, but at its checkpoints', async () => {
    open();
    await look(undefined);
    training.state = { fraction: 0.1, bitsPerCharacter: undefined };
    events.file.fire();
    expect(looks.length).toBe(0);
    events.checkpoint.fire();
    await look('1');
    expect(given.at(-1)?.model?.version).toBe('1');
  });
});

describe('the files of the workspace', () => {
  it('are read with the first model, and again a while after they changed', async () => {
    open();
    await look('1');
    events.file.fire();
    await look('2');
    expect(short()).toEqual([
      ['1', 1],
      ['2', 1],
    ]);
    vi.useFakeTimers();
    const { fileChanged, fileCreated, fileDeleted } = fake.events;
    for (const event of [fileChanged, fileCreated, fileDeleted]) event.fire({ fsPath: '/w/a.c' });
    await vi.advanceTimersByTimeAsync(1999);
    expect(given.length).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(short().slice(2)).toEqual([['2', 2]]);
  });

  it('are not read again for changes of files that are never learnt', async () => {
    open();
    await look('1');
    vi.useFakeTimers();
    fake.events.fileChanged.fire({ fsPath: '/w/ignored.log' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(given.length).toBe(1);
  });

  it('are read as soon as a training begins, and not before', async () => {
    open();
    await look(undefined);
    expect(given).toEqual([]);
    training.state = running;
    events.training.fire();
    events.training.fire();
    expect(short()).toEqual([[undefined, 1]]);
  });

  const beginTraining = async (): Promise<void> => {
    open();
    await look(undefined);
    training.state = running;
    events.training.fire();
    expect(short()).toEqual([[undefined, 1]]);
    training.state = undefined;
  };

  it('are dropped when the training ends without a model file', async () => {
    await beginTraining();
    events.training.fire();
    expect(given.length).toBe(1);
    await look(undefined);
    expect(given.at(-1)).toEqual({});
  });

  it('stay when the training ends with one', async () => {
    await beginTraining();
    events.training.fire();
    await look('1');
    expect(short()).toEqual([
      [undefined, 1],
      ['1', 1],
    ]);
  });

  it('are dropped when a command finds no model file', async () => {
    await beginTraining();
    expect(session.noteModelMissing()).toBe(true);
    expect(given.at(-1)).toEqual({});
    expect(session.noteModelMissing()).toBe(false);
  });
});

describe('with suggestions off everywhere', () => {
  const set = (enabled: unknown): void => configure({ 'charRnn.suggestions.enabled': enabled });

  it('no file is read until they are on for a language', async () => {
    set({ '*': false, c: false });
    open();
    await look('1');
    training.state = running;
    events.training.fire();
    expect(short()).toEqual([['1', undefined]]);
    training.state = undefined;
    set({ '*': false, c: true });
    expect(short().slice(1)).toEqual([['1', 1]]);
  });

  it('what was read is dropped, and the model stays', async () => {
    open();
    await look('1');
    set({ '*': false });
    set({ '*': true });
    expect(short()).toEqual([
      ['1', 1],
      ['1', undefined],
      ['1', 1],
    ]);
  });
});

it('says why a window can have no model, and offers the remedy', async () => {
  open();
  await look(undefined);
  expect(session.requireWorkspace().store.path).toBe('M');
  fake.isTrusted = false;
  expect(() => session.requireWorkspace()).toThrow(/restricted; nothing is trained/);
  expect(() => session.requireWorkspace()).toThrow(expect.objectContaining({ code: 'untrusted' }));
  fake.workspaceFolders = [];
  expect(() => session.requireWorkspace()).toThrow(/no folder open/);
});

it('says why a model that is being trained cannot be replaced', async () => {
  open();
  await look('1');
  expect(session.requireIdleWorkspace('deleted').store.path).toBe('M');
  training.state = running;
  expect(() => session.requireIdleWorkspace('deleted')).toThrow(/is being trained, so it was not deleted/);
  expect(() => session.requireIdleWorkspace('replaced')).toThrow(
    expect.objectContaining({ code: 'training-runs' }),
  );
});

it('logs that a deleted model cannot be removed, and goes on', async () => {
  open(() => Promise.reject(new Error('EBUSY')));
  await look('1');
  expect(warnings).toEqual([expect.stringContaining('EBUSY')]);
  expect(given.length).toBe(1);
});

it('uses the model of a further window once it was taken over, and says where it cannot be', async () => {
  open(undefined, () => Promise.resolve(true));
  await settle();
  looks.shift()!(undefined);
  await look('1');
  expect(short()).toEqual([['1', 1]]);
  session.dispose();
  open(undefined, () => Promise.reject(new Error('EROFS')));
  await settle();
  expect(warnings).toEqual([expect.stringContaining('EROFS')]);
});

describe('before anybody trained', () => {
  beforeEach(() => configure({ 'charRnn.suggestions.beforeTraining': true }));

  it('suggestions come from the base network and the files', async () => {
    open();
    await look(undefined);
    expect(given).toEqual([{ model: base, corpus: expect.objectContaining({ revision: 1 }) as object }]);
  });

  it('the base network stays in use until a model file is there', async () => {
    open();
    await look(undefined);
    training.state = running;
    events.training.fire();
    events.checkpoint.fire();
    await look('1');
    expect(short()).toEqual([
      ['0', 1],
      ['1', 1],
    ]);
  });

  it('nothing is forgotten when a command finds no model file', async () => {
    open();
    await look('1');
    expect(session.noteModelMissing()).toBe(false);
    expect(short().at(-1)).toEqual(['0', 1]);
  });

  it('no file is read once the setting is off', async () => {
    open();
    await look(undefined);
    configure({ 'charRnn.suggestions.beforeTraining': false });
    expect(given.at(-1)).toEqual({});
  });
});

describe('what is remembered on disk', () => {
  it('is kept in a file of its own while the workspace is read, and deleted once when it is no longer', async () => {
    configure({ 'charRnn.suggestions.beforeTraining': true });
    open();
    await look(undefined);
    expect(given.at(-1)?.corpus?.memoryPath).toBe('R');
    expect(forgotten).toBe(0);
    configure({ 'charRnn.suggestions.beforeTraining': false });
    configure({ 'charRnn.suggestions.maxLength': 5 });
    expect([given.at(-1)?.corpus, forgotten]).toEqual([undefined, 1]);
  });

  it('is deleted where a window begins without reading the workspace', async () => {
    open();
    await look(undefined);
    expect(forgotten).toBe(1);
  });

  it('is left alone by a window that is not trusted', () => {
    fake.isTrusted = false;
    open();
    expect(forgotten).toBe(0);
  });

  it('is as much as the setting says, or as usual where it says nothing sensible', async () => {
    open();
    await look('1');
    const remembered: unknown[] = [given.at(-1)?.corpus?.options.maxCharacters];
    vi.useFakeTimers();
    for (const maxSize of [12.5, 'all', 1000, -1]) {
      configure({ 'charRnn.memory.maxSize': maxSize });
      await vi.advanceTimersByTimeAsync(2_000);
      remembered.push(given.at(-1)?.corpus?.options.maxCharacters);
    }
    configure({ 'charRnn.memory.maxSize': 12, 'charRnn.corpus.maxSize': 1 });
    await vi.advanceTimersByTimeAsync(2_000);
    remembered.push(given.at(-1)?.corpus?.options.maxCharacters);
    expect(remembered).toEqual([4e6, 12.5e6, 4e6, 4e6, 4e6, 1e6]);
  });
});
