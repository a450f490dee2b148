import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { SuggestionClient, WorkerStatus } from '../../../src/completion/index.ts';
import type { ModelStore } from '../../../src/ui/model/model-store.ts';
import type { TrainingController } from '../../../src/ui/training/training-controller.ts';

interface Scene {
  listeners: Record<string, (event?: unknown) => void>;
  commands: Record<string, (given?: unknown) => Promise<void>>;
  errors: string[];
  isTrusted: boolean;
  folders: unknown[];
  enabled: unknown;
}

const scene = vi.hoisted((): Scene => ({
  listeners: {},
  commands: {},
  errors: [],
  isTrusted: true,
  folders: [],
  enabled: undefined,
}));

vi.mock('vscode', () => {
  const on = (name: string) => (listener: (event?: unknown) => void) => {
    const earlier = scene.listeners[name];
    scene.listeners[name] = (event) => {
      earlier?.(event);
      listener(event);
    };
    return { dispose: () => undefined };
  };
  return {
    EventEmitter: class {
      private readonly listeners: (() => void)[] = [];
      readonly event = (listener: () => void) => {
        this.listeners.push(listener);
        return { dispose: () => undefined };
      };
      fire = () => this.listeners.forEach((listener) => listener());
      dispose = () => undefined;
    },
    LanguageStatusSeverity: {},
    languages: { createLanguageStatusItem: () => ({ dispose: () => undefined }) },
    commands: {
      registerCommand: (id: string, run: (given?: unknown) => Promise<void>) => {
        scene.commands[id] = run;
        return { dispose: () => undefined };
      },
    },
    window: {
      onDidChangeActiveTextEditor: on('editor'),
      onDidChangeWindowState: on('window'),
      showInformationMessage: () => Promise.resolve(undefined),
      showErrorMessage: (sentence: string) => {
        scene.errors.push(sentence);
        return Promise.resolve(undefined);
      },
    },
    workspace: {
      get isTrusted() {
        return scene.isTrusted;
      },
      get workspaceFolders() {
        return scene.folders;
      },
      getConfiguration: () => ({
        get: (key: string) => (key === 'charRnn.suggestions.enabled' ? scene.enabled : undefined),
      }),
      createFileSystemWatcher: () => ({
        onDidCreate: on('created'),
        onDidChange: on('changed'),
        onDidDelete: on('deleted'),
        dispose: () => undefined,
      }),
      onDidChangeConfiguration: on('configuration'),
      onDidGrantWorkspaceTrust: on('trust'),
      onDidChangeWorkspaceFolders: on('folders'),
    },
  };
});

const { Product } = await import('../../../src/ui/commands/commands.ts');

let calls: string[];
let remembered: number;
let status: WorkerStatus;
/** Answers, in order, of looks at the model file. */
let looks: ((version: string | undefined) => void)[];
let training: { state: object | undefined; failure: string | undefined };
let product: InstanceType<typeof Product>;

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const look = async (version: string | undefined): Promise<void> => {
  looks.shift()!(version);
  await settle();
};

function open(): void {
  const on = (name: string) => (listener: () => void) => {
    scene.listeners[name] = listener;
    return { dispose: () => undefined };
  };
  const client = {
    get status() {
      return status;
    },
    load: (path: string) => calls.push(`load ${path}`),
    memory: undefined,
    remember: () => remembered++,
    unload: () => calls.push('unload'),
    requireModel: () => {
      throw new Error('no model');
    },
  };
  const store = {
    path: 'M',
    version: () => new Promise((resolve) => looks.push(resolve)),
    onDidChange: on('file'),
    purgeLeftovers: () => Promise.resolve(),
    putAside: () => Promise.resolve(undefined),
  };
  training = { state: undefined, failure: undefined };
  product = new Product(
    client as unknown as SuggestionClient,
    {
      store: store as unknown as ModelStore,
      training: Object.assign(training, {
        onDidChange: on('training'),
        onDidCheckpoint: on('checkpoint'),
      }) as unknown as TrainingController,
    },
    { error: () => undefined } as unknown as vscode.LogOutputChannel,
  );
}

beforeEach(() => {
  calls = [];
  remembered = 0;
  looks = [];
  status = { kind: 'noModel' };
  Object.assign(scene, { listeners: {}, commands: {}, errors: [], isTrusted: true, enabled: undefined });
  scene.folders = [{ uri: { scheme: 'file', fsPath: '/w' } }];
});

describe('the model in use', () => {
  it('is loaded with the window, and again for each newer file alone', async () => {
    open();
    await look('1');
    expect(calls).toEqual(['load M']);
    scene.listeners['file']();
    await look('1');
    expect(calls).toEqual(['load M']);
    scene.listeners['checkpoint']();
    await look('2');
    expect(calls).toEqual(['load M', 'load M']);
    product.dispose();
  });

  it('is looked for when the window comes to the front', async () => {
    open();
    await look(undefined);
    scene.listeners['window']({ focused: false });
    expect(looks.length).toBe(0);
    scene.listeners['window']({ focused: true });
    await look('1');
    expect(calls.at(-1)).toBe('load M');
    product.dispose();
  });

  it('goes when its file goes, whatever an earlier look at the file says later', async () => {
    open();
    await look('1');
    scene.listeners['file']();
    scene.listeners['file']();
    const [early, late] = looks.splice(0);
    late(undefined);
    await settle();
    early('1');
    await settle();
    expect(calls).toEqual(['load M', 'unload']);
    product.dispose();
  });

  it('comes back where the same file does', async () => {
    open();
    await look('1');
    scene.listeners['file']();
    await look(undefined);
    scene.listeners['file']();
    await look('1');
    expect(calls).toEqual(['load M', 'unload', 'load M']);
    product.dispose();
  });

  it('is not looked for before the workspace is trusted', async () => {
    scene.isTrusted = false;
    open();
    await settle();
    expect([looks.length, calls.includes('load M')]).toEqual([0, false]);
    expect(product.status?.text).toMatch(/restricted/);
    scene.isTrusted = true;
    scene.listeners['trust']();
    await look('1');
    expect(calls.at(-1)).toBe('load M');
    product.dispose();
  });

  it('goes with the last folder', async () => {
    open();
    await look('1');
    scene.folders = [];
    scene.listeners['folders']();
    await settle();
    expect(calls.at(-1)).toBe('unload');
    expect(product.status?.text).toMatch(/no folder/);
    product.dispose();
  });

  it('is not taken from the file while this window writes it, but at its checkpoints', async () => {
    open();
    await look(undefined);
    training.state = { fraction: 0.1, bitsPerCharacter: undefined };
    scene.listeners['file']();
    expect(looks.length).toBe(0);
    scene.listeners['checkpoint']();
    await look('1');
    expect(calls.at(-1)).toBe('load M');
    product.dispose();
  });
});

describe('the files of the workspace', () => {
  it('are remembered with the first model, and again a while after they changed', async () => {
    open();
    await look('1');
    expect(remembered).toBe(1);
    scene.listeners['file']();
    await look('2');
    expect(remembered).toBe(1);
    vi.useFakeTimers();
    for (const name of ['changed', 'created', 'deleted']) scene.listeners[name]();
    vi.advanceTimersByTime(1999);
    expect(remembered).toBe(1);
    vi.advanceTimersByTime(1);
    expect(remembered).toBe(2);
    vi.useRealTimers();
    product.dispose();
  });

  it('are remembered as soon as a training begins, and not before', async () => {
    open();
    await look(undefined);
    expect(remembered).toBe(0);
    training.state = { fraction: 0, bitsPerCharacter: undefined };
    scene.listeners['training']();
    scene.listeners['training']();
    expect(remembered).toBe(1);
    product.dispose();
  });
});

describe('what is remembered', () => {
  const begin = async (): Promise<void> => {
    open();
    await look(undefined);
    training.state = { fraction: 0, bitsPerCharacter: undefined };
    scene.listeners['training']();
    expect(remembered).toBe(1);
    calls.length = 0;
    training.state = undefined;
  };

  it('is forgotten when the training ends without a model file', async () => {
    await begin();
    scene.listeners['training']();
    await look(undefined);
    expect(calls).toEqual(['unload']);
    product.dispose();
  });

  it('stays when the training ends with one', async () => {
    await begin();
    scene.listeners['training']();
    await look('1');
    expect(calls).toEqual(['load M']);
    product.dispose();
  });

  it('is forgotten by Delete Model, though there is no model file', async () => {
    await begin();
    await scene.commands['charRnn.deleteModel']();
    expect(calls).toEqual(['unload']);
    product.dispose();
  });
});

describe('with suggestions off everywhere', () => {
  const set = (enabled: unknown): void => {
    scene.enabled = enabled;
    scene.listeners['configuration']({ affectsConfiguration: () => true });
  };

  it('nothing is remembered until they are on for a language', async () => {
    scene.enabled = { '*': false, c: false };
    open();
    await look('1');
    training.state = { fraction: 0, bitsPerCharacter: undefined };
    scene.listeners['training']();
    expect([remembered, calls]).toEqual([0, ['load M']]);
    training.state = undefined;
    set({ '*': false, c: true });
    expect([remembered, calls]).toEqual([1, ['load M']]);
    product.dispose();
  });

  it('what was remembered is forgotten, and the model stays', async () => {
    open();
    await look('1');
    expect(remembered).toBe(1);
    set({ '*': false });
    await look('1');
    expect(calls).toEqual(['load M', 'unload', 'load M']);
    set({ '*': true });
    expect(remembered).toBe(2);
    product.dispose();
  });
});

describe('a sample', () => {
  it('has to wait for the first checkpoint, and says so', async () => {
    open();
    await look(undefined);
    training.state = { fraction: 0.1, bitsPerCharacter: undefined };
    await scene.commands['charRnn.generate']();
    expect(looks.length).toBe(0);
    expect(scene.errors).toEqual([expect.stringContaining('before the first checkpoint')]);
    product.dispose();
  });
});
