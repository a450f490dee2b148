import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { lockModel } from '../../src/common/lock-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { command, initialize, open, type Ready, serve, type Served, suggestions, uriOf } from './client.ts';
import { writeWorkspace } from './workspace.ts';

const at = temporaryFolder();
let folder = '';
let model = '';
let served: Served;

/** A network that trains in seconds. */
const SMALL = {
  'model.units': 16,
  'model.embedding': 8,
  'training.batchSize': 4,
  threads: 1,
  engine: 'wasm',
};

interface ProgressValue {
  readonly kind: string;
  readonly percentage?: number;
  readonly message?: string;
  readonly cancellable?: boolean;
}

beforeAll(async () => {
  folder = at('workspace');
  await writeWorkspace(folder);
});
beforeEach(async (context) => {
  model = at(`${context.task.id}.safetensors`);
  served = serve(at('cache'));
  await initialize(served, [folder], {
    initializationOptions: { charRnn: { ...SMALL, model } },
    capabilities: { window: { workDoneProgress: true } },
  });
});
afterEach(async () => {
  served.child.kill('SIGKILL');
  await served.ended;
});

/** Collects what a progress shows. */
function progressOf(token: string): ProgressValue[] {
  const values: ProgressValue[] = [];
  served.connection.onNotification('$/progress', (params: { token: unknown; value: ProgressValue }) => {
    if (params.token === token) values.push(params.value);
  });
  return values;
}

describe('charRnn.train', () => {
  it('trains, shows how far it is, and resolves with the done event', async () => {
    const values = progressOf('t');
    const done = await served.connection.sendRequest('workspace/executeCommand', {
      command: 'charRnn.train',
      arguments: [{ steps: 30, minutes: 5 }],
      workDoneToken: 't',
    });
    expect(done).toMatchObject({ event: 'done', ending: 'steps', steps: 30 });
    expect(values[0]).toMatchObject({ kind: 'begin', percentage: 0, cancellable: true });
    expect(values.at(-1)).toEqual({ kind: 'end' });
    const reports = values.filter(({ kind }) => kind === 'report');
    expect(reports.some(({ message }) => /bits per character/.test(message ?? ''))).toBe(true);
    const percentages = reports.map(({ percentage }) => percentage!);
    expect(percentages).toEqual([...percentages].sort((a, b) => a - b));
    expect(existsSync(model)).toBe(true);
    expect((await command<Ready>(served, 'whenReady')).model).toMatchObject({ path: model, steps: 30 });
    expect(await command<{ text: string }>(served, 'sample', { length: 20, seed: 1 })).toEqual({
      text: expect.stringMatching(/^[^]{20}$/u) as string,
    });
    expect(await command(served, 'deleteModel')).toEqual({ deleted: true });
    expect(existsSync(model)).toBe(false);
    expect(await command(served, 'deleteModel')).toEqual({ deleted: false });
    expect((await command<Ready>(served, 'whenReady')).model).toBeNull();
  });

  for (const how of ['charRnn.stopTraining', 'its progress', 'the request'] as const) {
    it(`saves what it has learnt when it is cancelled by ${how}`, async () => {
      const values = progressOf('t');
      const source = new CancellationTokenSource();
      const training = served.connection.sendRequest<{ ending: string; steps: number }>(
        'workspace/executeCommand',
        { command: 'charRnn.train', arguments: [{ minutes: 10 }], workDoneToken: 't' },
        source.token,
      );
      await expect.poll(() => values.some(({ message }) => /characters\/s/.test(message ?? ''))).toBe(true);
      await expect(command(served, 'train')).rejects.toThrow(/training already/);
      await expect(command(served, 'deleteModel')).rejects.toThrow(/stop the training first/);
      if (how === 'the request') source.cancel();
      else if (how === 'its progress')
        await served.connection.sendNotification('window/workDoneProgress/cancel', { token: 't' });
      else expect(await command(served, 'stopTraining')).toEqual({ stopped: true });
      const done = await training;
      expect(done.ending).toBe('interrupted');
      expect(done.steps).toBeGreaterThan(0);
      expect(await command(served, 'stopTraining')).toEqual({ stopped: false });
    });
  }

  it('is refused while another process trains the same model', async () => {
    const lock = await lockModel(model);
    try {
      await expect(command(served, 'train', { steps: 1 })).rejects.toThrow(/^Another training .*\.$/);
    } finally {
      lock.release();
    }
    expect(await command(served, 'train', { steps: 1 })).toMatchObject({ event: 'done' });
  });

  it('says what is wrong with its arguments', async () => {
    await expect(command(served, 'train', { minutes: -1 })).rejects.toMatchObject({ code: -32602 });
    await expect(command(served, 'train', { steps: 1.5 })).rejects.toMatchObject({ code: -32602 });
    await expect(command(served, 'nothing')).rejects.toThrow(/no command/);
  });

  it('takes the model over that another process wrote', async () => {
    await command(served, 'train', { steps: 5 });
    const bytes = readFileSync(model);
    await command(served, 'deleteModel');
    await writeFile(model, bytes);
    expect((await command<Ready>(served, 'whenReady')).model).toMatchObject({ steps: 5 });
  });
});

describe('charRnn.surprise', () => {
  it('rates the lines of an open document', async () => {
    await command(served, 'whenReady');
    const file = at('other.c');
    await open(served, file, 'static int read_value_1(struct reader *reader)\nzq@@ 17 ;;; wqx\n');
    const { lines } = await command<{ lines: { line: number; surprise: number }[] }>(served, 'surprise', {
      uri: uriOf(file),
    });
    expect(lines.map(({ line }) => line)).toEqual([0, 1]);
    expect(lines[1].surprise).toBeGreaterThan(lines[0].surprise);
    await expect(command(served, 'surprise', { uri: 'file:///nowhere' })).rejects.toThrow(/not open/);
  });

  it('says that a document is too long, and rates one that is not, but for its long lines', async () => {
    await command(served, 'whenReady');
    const file = at('long.c');
    const long = `${'int x;'.repeat(80_000)}\n`;
    await open(served, file, `int first;\n${long}int last;\n${long}`);
    const { lines } = await command<{ lines: { line: number }[] }>(served, 'surprise', { uri: uriOf(file) });
    expect(lines.map(({ line }) => line)).toEqual([0, 2]);
    const longer = at('longer.c');
    await open(served, longer, `int first;\n${long.repeat(3)}`);
    await expect(command(served, 'surprise', { uri: uriOf(longer) })).rejects.toThrow(
      /^No lines of .*longer\.c are rated, because it has more than 1,000,000 characters;/,
    );
  });
});

describe('a sample', () => {
  it('is refused with a sentence where nobody has trained', async () => {
    await expect(command(served, 'sample')).rejects.toThrow(/none was trained yet; train one first\.$/);
    await expect(suggestions(served, 'nowhere.c', { line: 0, character: 0 })).rejects.toThrow(/not open/);
  });
});
