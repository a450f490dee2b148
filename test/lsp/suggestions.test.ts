import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InlineCompletionTriggerKind } from 'vscode-languageserver-protocol/node';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import {
  command,
  initialize,
  offered,
  open,
  type Ready,
  serve,
  type Served,
  suggestions,
  type,
  untilOffered,
  uriOf,
} from './client.ts';
import { readerFile, writeWorkspace } from './workspace.ts';

const at = temporaryFolder();
let folder = '';
let file = '';
let served: Served;

beforeAll(async () => {
  folder = at('workspace');
  file = path.join(folder, 'new.c');
  await writeWorkspace(folder);
});
beforeEach(() => {
  served = serve(at('cache'));
});
afterEach(async () => {
  served.child.kill('SIGKILL');
  await served.ended;
});

/** What is suggested at the end of a line that stands alone in a document, once something is. */
async function offeredBehind(line: string, trigger?: InlineCompletionTriggerKind): Promise<string[]> {
  await open(served, file, line);
  const items = await offered(served, file, { line: 0, character: line.length }, trigger);
  return items.map(({ insertText }) => insertText as string);
}

async function expectNothingBehind(line: string): Promise<void> {
  await open(served, file, line);
  expect(await suggestions(served, file, { line: 0, character: line.length })).toEqual([]);
}

describe('a workspace in which nobody has trained', () => {
  it('is remembered, and suggestions come of its files', async () => {
    const { capabilities, serverInfo } = await initialize(served, [folder]);
    expect(serverInfo).toMatchObject({ name: 'char-rnn' });
    expect(capabilities).toMatchObject({ positionEncoding: 'utf-16', inlineCompletionProvider: true });
    expect(capabilities.completionProvider).toBeUndefined();
    const ready = await command<Ready>(served, 'whenReady');
    expect(ready).toMatchObject({ files: 6, model: null });
    expect(ready.characters).toBe(6 * readerFile(40).length);
    const [text] = await offeredBehind('static int read_value_7(str');
    expect(text).toMatch(/^uct reader \*reader\)/);
  });

  it('is indented as its neighbours are where the document shows nothing', async () => {
    await initialize(served, [folder]);
    await command(served, 'whenReady');
    const [text] = await offeredBehind('static int read_value_7(str');
    expect(text).toMatch(/\n\treturn/);
  });

  it('is not read where the settings do not want that', async () => {
    const settings = { charRnn: { suggestions: { beforeTraining: false } } };
    await initialize(served, [folder], { initializationOptions: settings });
    expect(await command(served, 'whenReady')).toEqual({ files: 0, characters: 0, model: null });
    await expectNothingBehind('static int read_value_7(str');
    const rated = command(served, 'surprise', { uri: uriOf(file) });
    await expect(rated).rejects.toThrow(/^No files of the workspace are read/);
  });

  it('is read again where a file was written', async () => {
    await initialize(served, [folder]);
    await command(served, 'whenReady');
    const extra = path.join(folder, 'extra.c');
    await writeFile(extra, readerFile(3));
    await open(served, extra, readerFile(3));
    await served.connection.sendNotification('textDocument/didSave', { textDocument: { uri: uriOf(extra) } });
    expect(await command(served, 'whenReady')).toMatchObject({ files: 7 });
    await rm(extra);
    expect(await command(served, 'whenReady')).toMatchObject({ files: 6 });
  });
});

describe('a suggestion', () => {
  beforeEach(async () => {
    await initialize(served, [folder]);
    await command(served, 'whenReady');
  });

  it('has up to three alternatives where it was asked for by hand, and one otherwise', async () => {
    const byHand = await offeredBehind('static int read_value_', InlineCompletionTriggerKind.Invoked);
    expect(byHand.length).toBeLessThanOrEqual(3);
    expect(new Set(byHand).size).toBe(byHand.length);
    expect((await offeredBehind('static int read_value_7(str')).length).toBe(1);
  });

  it('goes on while its characters are typed', async () => {
    const line = 'static int read_value_7(str';
    const [text] = await offeredBehind(line);
    await type(served, file, { line: 0, character: line.length }, 'uct');
    const [item] = await offered(served, file, { line: 0, character: line.length + 3 });
    expect(item.insertText).toBe(text.slice(3));
  });

  it('stays away while text is deleted, unless it is asked for', async () => {
    const line = 'static int read_value_7(stru';
    await open(served, file, line);
    const end = { line: 0, character: line.length };
    const start = { line: 0, character: line.length - 1 };
    await served.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf(file), version: 2 },
      contentChanges: [{ range: { start, end }, text: '' }],
    });
    expect(await suggestions(served, file, start)).toEqual([]);
    await offered(served, file, start, InlineCompletionTriggerKind.Invoked);
  });

  it('begins with the item that is selected in the list, and replaces what that replaces', async () => {
    const line = 'static int read_value_7(str';
    await open(served, file, line);
    const range = {
      start: { line: 0, character: line.length - 3 },
      end: { line: 0, character: line.length },
    };
    const items = await untilOffered(() =>
      served.connection.sendRequest<{ insertText: string; range: unknown }[]>(
        'textDocument/inlineCompletion',
        {
          textDocument: { uri: uriOf(file) },
          position: range.end,
          context: {
            triggerKind: InlineCompletionTriggerKind.Automatic,
            selectedCompletionInfo: { range, text: 'struct' },
          },
        },
      ),
    );
    expect(items[0].insertText).toMatch(/^struct reader/);
    expect(items[0].range).toEqual(range);
  });

  it('is none where the language is off', async () => {
    await served.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { charRnn: { suggestions: { enabled: { c: false } } } },
    });
    await expectNothingBehind('static int read_value_7(str');
    await served.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { charRnn: { suggestions: { enabled: { '*': true } } } },
    });
    await command(served, 'whenReady');
    await offeredBehind('static int read_value_7(str');
  });

  it('has the line ends of the document', async () => {
    const lines = 'int first(void);\r\n\r\nstatic int read_value_7(struct reader *reader)';
    await open(served, file, lines);
    const items = await suggestions(
      served,
      file,
      { line: 2, character: 46 },
      InlineCompletionTriggerKind.Invoked,
    );
    const text = items.map(({ insertText }) => insertText as string).join('');
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('comes as items of a list where the client asks for these', async () => {
    const line = 'static int read_value_7(str';
    await open(served, file, line);
    const position = { line: 0, character: line.length };
    const items = await untilOffered(() =>
      served.connection.sendRequest<{ textEdit: { newText: string; range: unknown } }[]>(
        'textDocument/completion',
        { textDocument: { uri: uriOf(file) }, position },
      ),
    );
    expect(items[0].textEdit.newText).toMatch(/^struct reader/);
    expect(items[0].textEdit.range).toEqual({ start: { line: 0, character: 24 }, end: position });
  });

  it('comes as items at the end of a long line of data, too', async () => {
    const line = `"${'0'.repeat(400_000)}" `;
    await open(served, file, line);
    const position = { line: 0, character: line.length };
    const items = served.connection.sendRequest('textDocument/completion', {
      textDocument: { uri: uriOf(file) },
      position,
    });
    expect(Array.isArray(await items)).toBe(true);
  });

  it('stays away by no change that leaves the text as it is', async () => {
    const line = 'static int read_value_7(str';
    await open(served, file, line);
    await served.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf(file), version: 2 },
      contentChanges: [{ text: line }],
    });
    await offered(served, file, { line: 0, character: line.length });
  });
});

describe('positions', () => {
  for (const [encoding, character] of [
    ['utf-8', 42],
    ['utf-16', 38],
    ['utf-32', 37],
  ] as const) {
    it(`are counted in ${encoding} where the client wants that`, async () => {
      const { capabilities } = await initialize(served, [folder], {
        capabilities: { general: { positionEncodings: [encoding] } },
      });
      expect(capabilities.positionEncoding).toBe(encoding);
      await command(served, 'whenReady');
      // An umlaut is two bytes and one unit, an emoji four bytes and two units.
      await open(served, file, '/* ü😀ü */ static int read_value_7(str');
      const at = { line: 0, character };
      const [item] = await offered(served, file, at);
      expect(item.insertText).toMatch(/^uct reader/);
      expect(item.range).toEqual({ start: at, end: at });
      await type(served, file, at, 'uct');
      const [rest] = await offered(served, file, { line: 0, character: character + 3 });
      expect(rest.insertText).toBe((item.insertText as string).slice(3));
    });
  }
});

describe('documents', () => {
  it('of clients that send whole texts are followed', async () => {
    await initialize(served, [folder]);
    await command(served, 'whenReady');
    await open(served, file, 'static int read_value_7(st');
    await suggestions(served, file, { line: 0, character: 26 });
    await served.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf(file), version: 2 },
      contentChanges: [{ text: 'static int read_value_7(str' }],
    });
    const [item] = await offered(served, file, { line: 0, character: 27 });
    expect(item.insertText).toMatch(/^uct reader/);
  });
});
