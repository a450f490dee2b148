import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { lockModel } from '../../../src/common/lock-file.ts';
import { ModelStore } from '../../../src/ui/model/model-store.ts';
import { strayModels } from '../../../src/ui/model/stray-models.ts';

let root = '';
let store: ModelStore;

const fileOf = (folder: string): string => path.join(root, folder, 'char-rnn.char-rnn', 'model.safetensors');

/** @param seconds since 1970 */
async function write(folder: string, text: string, seconds = 1e9): Promise<void> {
  await mkdir(path.dirname(fileOf(folder)), { recursive: true });
  await writeFile(fileOf(folder), text);
  await utimes(fileOf(folder), seconds, seconds);
}
const read = (folder: string): Promise<string | undefined> =>
  readFile(fileOf(folder), 'utf8').catch(() => undefined);

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'char-rnn-storage-'));
  store = new ModelStore({ fsPath: path.dirname(fileOf('abc1')) } as vscode.Uri);
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('the model of a further window', () => {
  it('is moved to where all windows find it, once, and the newest of several', async () => {
    await write('abc1-1', 'old');
    await write('abc1-3', 'new', 2e9);
    await write('abc2-1', 'of another workspace', 2e9);
    expect(await store.claimStray()).toBe(true);
    expect([await read('abc1'), await read('abc1-3'), await read('abc1-1')]).toEqual([
      'new',
      undefined,
      'old',
    ]);
    expect(await store.claimStray()).toBe(false);
    expect(await read('abc1')).toBe('new');
  });

  it('never replaces one that is there', async () => {
    await write('abc1', 'own');
    await write('abc1-1', 'newer', 2e9);
    expect(await store.claimStray()).toBe(false);
    expect([await read('abc1'), await read('abc1-1')]).toEqual(['own', 'newer']);
  });

  it('is left alone while a training works on it, or on a new one', async () => {
    await write('abc1-1', 'busy');
    const stray = await lockModel(fileOf('abc1-1'));
    expect(await store.claimStray()).toBe(false);
    stray.release();
    const own = await lockModel(store.path);
    await expect(store.claimStray()).rejects.toThrow(/Another training/);
    own.release();
    expect(await read('abc1-1')).toBe('busy');
    expect(await store.claimStray()).toBe(true);
  });

  it('is moved by one of several windows that start at once', async () => {
    await write('abc1-1', 'model');
    const windows = Array.from(
      { length: 4 },
      () => new ModelStore({ fsPath: path.dirname(store.path) } as vscode.Uri),
    );
    const claims = await Promise.allSettled(windows.map((window) => window.claimStray()));
    expect(claims.filter((claim) => claim.status === 'fulfilled' && claim.value)).toHaveLength(1);
    expect(await read('abc1')).toBe('model');
  });

  it('does not come in the place of one that was deleted', async () => {
    await write('abc1', 'own');
    await write('abc1-1', 'stray');
    const aside = await store.putAside();
    await store.purge(aside!);
    expect(await strayModels(store.path)).toEqual([]);
    expect(await store.claimStray()).toBe(false);
  });
});
