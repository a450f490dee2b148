import { beforeEach, describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import type { WorkerStatus } from '../../../src/completion/index.ts';
import { COMMANDS, type CommandContext, registerCommands } from '../../../src/ui/commands/commands.ts';
import { fake, resetFake, Position, Selection } from '../../vscode-fake/index.ts';
import type { Mark } from '../../../src/ui/surprise/marks.ts';

let status: WorkerStatus;
let isTraining: boolean;
let isUnitShown: boolean;
let calls: string[];
let marks: readonly Mark[];
/** What the client does while it waits for the model to be loaded. */
let load: () => void;

const training: NonNullable<CommandContext['training']> = {
  get state() {
    return isTraining ? { fraction: 0.1, bitsPerCharacter: undefined } : undefined;
  },
  train: (engine) => Promise.resolve(void calls.push(`train ${engine ?? ''}`)),
  stop: () => isTraining,
  forgetFailure: () => void calls.push('forget failure'),
};
const store: ReturnType<CommandContext['session']['requireWorkspace']>['store'] = {
  path: '/nowhere/model',
  putAside: () => Promise.resolve(undefined),
  restore: () => Promise.resolve(false),
  purge: () => Promise.resolve(),
  adopt: () => Promise.reject(new UserFacingError('It is torn.')),
  undoAdoption: () => Promise.resolve(false),
};
const memory = { forget: () => Promise.resolve(void calls.push('forget')) };
const context: CommandContext = {
  training,
  client: {
    get status() {
      return status;
    },
    whenLoaded: () => Promise.resolve(load()),
    requireModel: () => {
      if (status.kind === 'failed') throw new UserFacingError(status.sentence);
      throw new UserFacingError('There is no model because none was trained yet.', { code: 'no-model' });
    },
    sample: () => Promise.reject(new Error('unexpected')),
    units: {
      network: undefined,
      requireNetwork: () => {
        throw new UserFacingError('There is no network to look into.', { code: 'no-model' });
      },
      find: () => Promise.reject(new Error('unexpected')),
    },
  },
  session: {
    refresh: () => Promise.resolve(void calls.push('look')),
    noteModelMissing: () => calls.push('missing') > 0,
    requireWorkspace: () => ({ store, memory, training }),
    requireIdleWorkspace: () => ({ store, memory, training }),
  },
  snooze: {
    isOn: false,
    begin: (minutes) => void calls.push(`snooze ${minutes}`),
    end: () => void calls.push('snooze ends'),
  },
  panel: { show: () => Promise.resolve(void calls.push('panel')) },
  units: {
    get shown() {
      return isUnitShown ? { unit: 0, name: 'Unit 1' } : undefined;
    },
    show: (unit) => void calls.push(`unit ${unit?.name}`),
  },
  surprise: { marksOf: () => marks },
  log: {
    error: (error: string | Error) =>
      void calls.push(`log ${error instanceof Error ? error.message : error}`),
    warn: () => undefined,
    show: () => void calls.push('show'),
  },
};

const run = (id: string, given?: unknown): Promise<void> => fake.commands.get(`charRnn.${id}`)!(given);

beforeEach(() => {
  resetFake();
  status = { kind: 'noModel' };
  isTraining = false;
  isUnitShown = false;
  calls = [];
  marks = [];
  load = () => undefined;
  registerCommands(context);
});

describe('commands', () => {
  it('are registered from the table, and unregistered together', () => {
    expect([...fake.commands.keys()]).toEqual(COMMANDS.map(({ id }) => id));
    resetFake();
    registerCommands(context).dispose();
    expect(fake.commands.size).toBe(0);
  });

  it('show what they throw as one sentence with its remedy and the log', async () => {
    await run('generate');
    expect(fake.notifications).toEqual([
      { sentence: expect.stringContaining('none was trained yet') as string, buttons: ['Train', 'Show Log'] },
    ]);
  });

  it('train with the engine of the settings, or with wasm', async () => {
    await run('train');
    await run('trainWithWasm');
    expect(calls).toEqual(['train ', 'train wasm']);
  });

  it('show the training panel', async () => {
    await run('showTraining');
    expect(calls).toEqual(['panel']);
  });

  it('say that there is no training to stop', async () => {
    await run('stopTraining');
    isTraining = true;
    await run('stopTraining');
    expect(fake.notifications.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('nothing to stop'),
    ]);
  });

  it('go to the next surprising line, and show what is said of it', async () => {
    const editor = {
      document: {},
      selection: new Selection(new Position(3, 0), new Position(3, 0)),
      revealRange: () => undefined,
    };
    fake.activeTextEditor = editor;
    fake.ownCommands.set('editor.action.showHover', () => Promise.resolve(void calls.push('hover')));
    await run('nextSurprise');
    expect(fake.notifications[0].sentence).toMatch(/No line .* surprising enough/);
    const token = { start: 4, end: 6, surprise: 3, bits: 3, expected: '' };
    const mark = { line: 8, start: 4, end: 6, level: 'surprising', token, lineSurprise: 3 } as const;
    marks = [mark];
    await run('nextSurprise');
    expect(editor.selection.active).toEqual(new Position(8, 4));
    expect(calls).toEqual(['hover']);
  });

  it('have what was read of the workspace dropped where there is no model to delete', async () => {
    await run('deleteModel');
    expect(calls).toEqual(['forget', 'missing']);
    expect(fake.notifications[0].sentence).toMatch(/was forgotten/);
  });
});

describe('a sample', () => {
  it('has to wait for the first checkpoint, and says so', async () => {
    isTraining = true;
    await run('generate');
    expect(fake.notifications.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('before the first checkpoint'),
    ]);
    expect(calls).not.toContain('look');
  });

  it('waits for a model that is being loaded', async () => {
    status = { kind: 'loading' };
    load = () => {
      calls.push('loaded');
      status = { kind: 'failed', sentence: 'The model is torn.' };
    };
    await run('generate');
    expect(calls.slice(0, 2)).toEqual(['look', 'loaded']);
    expect(fake.notifications).toEqual([{ sentence: 'The model is torn.', buttons: ['Show Log'] }]);
  });
});

describe('what a unit sees', () => {
  it('is hidden by the same command, unless another unit is to be chosen', async () => {
    isUnitShown = true;
    await run('showUnit');
    expect(calls).toContain('unit undefined');
    calls = [];
    await run('showUnit', 'choose');
    expect(calls).not.toContain('unit undefined');
    expect(fake.notifications.length).toBe(1);
  });

  it('cannot be shown where there is no network, and says so once the model is not being loaded any more', async () => {
    load = () => void calls.push('loaded');
    await run('showUnit');
    expect(calls.slice(0, 2)).toEqual(['look', 'loaded']);
    expect(fake.notifications).toEqual([
      { sentence: 'There is no network to look into.', buttons: ['Train', 'Show Log'] },
    ]);
  });
});
