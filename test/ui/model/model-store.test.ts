import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { UserFacingError } from '../../../src/common/errors.ts';
import { lockModel } from '../../../src/common/lock-file.ts';
import { deleteModel } from '../../../src/ui/commands/delete-model.ts';
import { ModelStore, panelFileOf } from '../../../src/ui/model/model-store.ts';
import { fake, resetFake } from '../../vscode-fake/index.ts';

let folder = '';
let store: ModelStore;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'char-rnn-store-'));
  store = new ModelStore({ fsPath: folder } as vscode.Uri);
  resetFake();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sentences = (): string[] => fake.notifications.map(({ sentence }) => sentence);
const nothing = (): boolean => false;
const write = (text: string): Promise<void> => writeFile(store.path, text);
const read = (): Promise<string> => readFile(store.path, 'utf8');

describe('deleting the model', () => {
  it('leaves nothing behind when the notification is gone, not even the copy of an older one', async () => {
    await write('model');
    await writeFile(`${store.path}.previous`, 'older');
    await deleteModel(store, () => undefined, nothing, false);
    expect(await readdir(folder)).toEqual([]);
    expect(sentences()).toEqual([expect.stringContaining('was deleted')]);
  });

  it('leaves nothing behind of a training that was killed while it wrote', async () => {
    await write('model');
    const gone = spawnSync(process.execPath, ['--version']).pid;
    await writeFile(`${store.path}.${gone}.0.tmp`, 'half');
    await deleteModel(store, () => undefined, nothing, false);
    expect(await readdir(folder)).toEqual([]);
  });

  it('can be undone', async () => {
    await write('model');
    let calls = 0;
    fake.answer = async () => {
      expect(await store.exists()).toBe(false);
      return 'Undo';
    };
    await deleteModel(store, () => calls++, nothing, false);
    expect(await read()).toBe('model');
    expect(calls).toBe(2);
    expect(await readdir(folder)).toEqual(['model.safetensors']);
  });

  it('is not undone over a model trained since', async () => {
    await write('old');
    fake.answer = async () => {
      await write('new');
      return 'Undo';
    };
    await expect(deleteModel(store, () => undefined, nothing, false)).rejects.toThrow(UserFacingError);
    expect(await read()).toBe('new');
  });

  it('is refused while a training works on it, and so is its undoing', async () => {
    await write('model');
    const lock = await lockModel(store.path);
    await expect(deleteModel(store, () => undefined, nothing, false)).rejects.toThrow(/Another training/);
    lock.release();
    expect(await read()).toBe('model');
    let other = lock;
    fake.answer = async () => {
      other = await lockModel(store.path);
      return 'Undo';
    };
    await expect(deleteModel(store, () => undefined, nothing, false)).rejects.toThrow(/Another training/);
    other.release();
  });

  it('gives each of two deletions its own way back', async () => {
    await write('first');
    const first = await store.putAside();
    await new Promise((resolve) => setTimeout(resolve, 2));
    await write('second');
    const second = await store.putAside();
    expect(await store.restore(first!)).toBe(true);
    expect(await read()).toBe('first');
    expect(await store.restore(second!)).toBe(false);
    expect(await read()).toBe('first');
  });

  it('says so where there is none', async () => {
    await deleteModel(store, () => expect.fail('nothing changed'), nothing, false);
    expect(sentences()).toEqual([expect.stringContaining('nothing was deleted')]);
  });

  it('forgets what is remembered where there is none, and says so', async () => {
    await deleteModel(
      store,
      () => expect.fail('nothing changed'),
      () => true,
      false,
    );
    expect(sentences()).toEqual([expect.stringContaining('was forgotten')]);
  });
});

describe('what a closed window left', () => {
  it('is deleted for good by the next one', async () => {
    await write('model');
    await writeFile(`${store.path}.previous`, 'older');
    await writeFile(panelFileOf(store.path), 'its history');
    const aside = await store.putAside();
    await store.purgeLeftovers();
    expect(await readdir(folder)).toEqual([]);
    expect(await store.restore(aside!)).toBe(false);
  });

  it('stays where that window is still open, so that it can undo', async () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    const aside = `${store.path}.1.${other.pid}.deleted`;
    await writeFile(aside, 'model');
    await store.purgeLeftovers();
    expect(await readdir(folder)).toEqual([path.basename(aside)]);
    const closed = once(other, 'exit');
    other.kill();
    await closed;
    await store.purgeLeftovers();
    expect(await readdir(folder)).toEqual([]);
  });

  it('goes without the model trained since', async () => {
    await write('old');
    await store.putAside();
    await write('new');
    await store.purgeLeftovers();
    expect(await readdir(folder)).toEqual(['model.safetensors']);
  });

  it('may be nothing, in a folder that is not there', async () => {
    await rm(folder, { recursive: true });
    await store.purgeLeftovers();
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
    await mkdir(folder);
  });
});

describe('the version of the model', () => {
  it('differs from one written file to the next', async () => {
    expect(await store.version()).toBeUndefined();
    await write('a');
    const first = await store.version();
    expect(await store.version()).toBe(first);
    await rm(store.path);
    await write('longer');
    expect(await store.version()).not.toBe(first);
  });
});

it('says in a sentence that its folder cannot be made', async () => {
  fake.createDirectory = () => Promise.reject(new Error('EROFS: read-only file system'));
  await expect(store.prepare()).rejects.toThrow(UserFacingError);
  await expect(store.prepare()).rejects.toThrow(/cannot be made \(EROFS.*check its permissions/);
});
