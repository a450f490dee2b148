import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { temporaryFolder } from '../temporary-folder.ts';
import { command, initialize, offered, open, serve, type Served, suggestions, uriOf } from './client.ts';
import { readerFile, writeWorkspace } from './workspace.ts';

const LINE = 'static int read_value_7(str';
const END = { line: 0, character: LINE.length };

const at = temporaryFolder();
let folder = '';
let file = '';
let served: Served;
/** What the server shows to the user. */
let shown: string[];

beforeAll(async () => {
  folder = at('workspace');
  file = path.join(folder, 'new.c');
  await writeWorkspace(folder);
});
beforeEach(() => {
  served = serve(at('cache'));
  shown = [];
  served.connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
    shown.push(message);
  });
});
afterEach(async () => {
  served.child.kill('SIGKILL');
  await served.ended;
});

async function expectSuggestions(): Promise<void> {
  await open(served, file, LINE);
  await offered(served, file, END);
}

async function expectNoSuggestions(): Promise<void> {
  await open(served, file, LINE);
  expect(await suggestions(served, file, END)).toEqual([]);
}

describe('settings', () => {
  it('that are not valid give the default and are shown once', async () => {
    const charRnn = { suggestions: { eagerness: 'wild' }, temperature: 'hot' };
    await initialize(served, [folder], { initializationOptions: { charRnn } });
    await command(served, 'whenReady');
    expect(shown).toEqual([
      'The setting charRnn.temperature is "hot" but must be of type number, so 0 is used.',
    ]);
    expect(served.log()).toContain('charRnn.suggestions.eagerness is "wild"');
    await served.connection.sendNotification('workspace/didChangeConfiguration', { settings: { charRnn } });
    await expectSuggestions();
    expect(shown.length).toBe(1);
  });

  it('of the server itself are checked, too', async () => {
    const faults = [
      [{ model: 5 }, /^The setting charRnn\.model is 5 but must be the path of a file/],
      [{ model: 'a\0b' }, /^The setting charRnn\.model is "a\\u0000b" but must be the path of a file/],
      [{ completion: 'yes' }, /^The setting charRnn\.completion is "yes" but must be of type boolean/],
    ] as const;
    await initialize(served, [folder], { initializationOptions: { charRnn: faults[0][0] } });
    for (const [charRnn] of faults.slice(1))
      await served.connection.sendNotification('workspace/didChangeConfiguration', { settings: { charRnn } });
    expect(await command(served, 'whenReady')).toMatchObject({ files: 6 });
    expect(shown).toEqual(faults.map(([, sentence]) => expect.stringMatching(sentence) as unknown));
  });

  it('of the start count, and a training begins, where the client never answers', async () => {
    const never = (): Promise<never> => new Promise<never>(() => undefined);
    served.connection.onRequest('workspace/configuration', never);
    served.connection.onRequest('window/workDoneProgress/create', never);
    await initialize(served, [folder], {
      initializationOptions: {
        charRnn: { temperature: 'hot', threads: 1, engine: 'wasm', model: at('mute.safetensors') },
      },
      capabilities: { workspace: { configuration: true }, window: { workDoneProgress: true } },
    });
    expect(await command(served, 'whenReady')).toMatchObject({ files: 6 });
    expect(shown).toEqual([expect.stringContaining('charRnn.temperature is "hot"')]);
    expect(await command(served, 'train', { steps: 1 })).toMatchObject({ event: 'done' });
  });

  for (const suggestionSettings of [false, { enabled: false }, { enabled: { '*': 'yes' } }]) {
    it(`never turn suggestions on by ${JSON.stringify(suggestionSettings)}`, async () => {
      await initialize(served, [folder], {
        initializationOptions: { charRnn: { suggestions: suggestionSettings } },
      });
      await command(served, 'whenReady');
      await expectNoSuggestions();
      expect(shown.length).toBe(1);
    });
  }

  it('that should keep files out and cannot keep all files out', async () => {
    const charRnn = { corpus: { exclude: 'secret/' } };
    await initialize(served, [folder], { initializationOptions: { charRnn } });
    expect(await command(served, 'whenReady')).toMatchObject({ files: 0 });
    expect(shown).toEqual([expect.stringContaining('nothing is learnt until it is mended')]);
    await expect(command(served, 'train', { steps: 1 })).rejects.toThrow(/nothing is learnt/);
    await served.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { charRnn: { corpus: { exclude: ['reader_0.c'] } } },
    });
    expect(await command(served, 'whenReady')).toMatchObject({ files: 5 });
  });

  it('are asked for before any file is read, where the client answers', async () => {
    let answer: (value: unknown) => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      served.connection.onRequest('workspace/configuration', ({ items }: { items: unknown }) => {
        expect(items).toEqual([{ section: 'charRnn' }]);
        resolve();
        return new Promise((settle) => (answer = (value) => settle([value])));
      });
    });
    await initialize(served, [folder], { capabilities: { workspace: { configuration: true } } });
    const ready = command(served, 'whenReady');
    await asked;
    answer({ corpus: { include: ['reader_1.c'] } });
    expect(await ready).toMatchObject({ files: 1 });
  });

  it('are those that the client sent last, whatever comes of an older question', async () => {
    const answers: ((value: unknown) => void)[] = [];
    let noteAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => (noteAsked = resolve));
    served.connection.onRequest('workspace/configuration', () => {
      noteAsked();
      return new Promise((resolve) => answers.push(resolve));
    });
    await initialize(served, [folder], { capabilities: { workspace: { configuration: true } } });
    await asked;
    await served.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { charRnn: { corpus: { exclude: ['reader_0.c'] } } },
    });
    answers[0]([{ corpus: { exclude: [] } }]);
    expect(await command(served, 'whenReady')).toMatchObject({ files: 5 });
  });

  it('of the client count before those of the start', async () => {
    await initialize(served, [folder], {
      initializationOptions: {
        charRnn: { suggestions: { enabled: { '*': false } }, corpus: { include: ['reader_1.c'] } },
      },
    });
    await served.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { charRnn: { suggestions: { enabled: { '*': true } } } },
    });
    expect(await command(served, 'whenReady')).toMatchObject({ files: 1 });
    await expectSuggestions();
  });

  it('offer items of a list at once or, to clients that allow it, later', async () => {
    const registered: string[] = [];
    served.connection.onRequest(
      'client/registerCapability',
      ({ registrations }: { registrations: { method: string }[] }) => {
        registered.push(...registrations.map(({ method }) => method));
        return null;
      },
    );
    await initialize(served, [folder], {
      capabilities: { textDocument: { completion: { dynamicRegistration: true } } },
    });
    await served.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { charRnn: { completion: true } },
    });
    await expect.poll(() => registered).toEqual(['textDocument/completion']);
  });
});

describe('the workspace', () => {
  it('follows its folders', async () => {
    const other = at('other');
    await writeWorkspace(other, 2);
    await initialize(served, [folder]);
    expect(await command(served, 'whenReady')).toMatchObject({ files: 6 });
    const asFolder = (each: string) => ({ uri: uriOf(each), name: each });
    const change = (added: string[], removed: string[]): Promise<void> =>
      served.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: added.map(asFolder), removed: removed.map(asFolder) },
      });
    await change([other], []);
    expect(await command(served, 'whenReady')).toMatchObject({ files: 8 });
    await change([], [`${folder}/`]);
    expect(await command(served, 'whenReady')).toMatchObject({ files: 2 });
  });

  it('follows its files, where the client reports them', async () => {
    served.connection.onRequest('client/registerCapability', () => null);
    await initialize(served, [folder], {
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
    });
    await command(served, 'whenReady');
    const added = path.join(folder, 'added.c');
    await writeFile(added, readerFile(2));
    await served.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf(added), type: 1 }],
    });
    expect(await command(served, 'whenReady')).toMatchObject({ files: 7 });
  });

  it('may be none, and then nothing is suggested and nothing trained', async () => {
    await initialize(served, []);
    expect(await command(served, 'whenReady')).toEqual({ files: 0, characters: 0, model: null });
    await expectNoSuggestions();
    await expect(command(served, 'train', { steps: 1 })).rejects.toThrow(/no folder/);
  });
});

describe('a request', () => {
  it('that is cancelled is answered with an error that says so', async () => {
    await initialize(served, [folder]);
    await command(served, 'whenReady');
    await open(served, file, LINE);
    // So long that it can be cancelled before.
    await served.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { charRnn: { suggestions: { delay: 5000 } } },
    });
    const source = new CancellationTokenSource();
    const answer = served.connection.sendRequest(
      'textDocument/inlineCompletion',
      { textDocument: { uri: uriOf(file) }, position: END, context: { triggerKind: 2 } },
      source.token,
    );
    source.cancel();
    await expect(answer).rejects.toMatchObject({ code: -32800 });
  });
});
