import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { UserFacingError } from '../../../src/common/errors.ts';
import { readModel, writeModel } from '../../../src/model/index.ts';
import { lockModel } from '../../../src/common/lock-file.ts';
import { useModelFile } from '../../../src/ui/commands/use-model-file.ts';
import { ModelStore } from '../../../src/ui/model/model-store.ts';
import { bareModel, fullModel } from '../../model/small-models.ts';
import { fake, resetFake } from '../../vscode-fake/index.ts';

let folder: string;
let file: string;
let store: ModelStore;
let changes: number;

const theirs = fullModel({}, 1);
const ours = bareModel();
const use = (given: unknown = file): Promise<void> => useModelFile(store, given, () => changes++);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'char-rnn-use-'));
  file = path.join(folder, 'colleague.safetensors');
  store = new ModelStore({ fsPath: path.join(folder, 'storage') } as vscode.Uri);
  await writeModel(file, theirs);
  changes = 0;
  resetFake();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sentences = (): string[] => fake.notifications.map(({ sentence }) => sentence);
const inStorage = (): Promise<string[]> => readdir(path.dirname(store.path));

describe('using a model file', () => {
  it('makes a checked copy of it the model of the workspace', async () => {
    await use();
    expect(await readModel(store.path)).toEqual(theirs);
    expect(await readModel(file)).toEqual(theirs);
    expect(await inStorage()).toEqual(['model.safetensors']);
    expect([changes, sentences().length]).toEqual([1, 1]);
    expect(sentences()[0]).toMatch(/uses the model colleague\.safetensors in this workspace; training/);
  });

  it('takes the file that is picked, and does nothing where none is', async () => {
    await use(null);
    expect(changes).toBe(0);
    fake.pickedFile = file;
    await use(null);
    expect(await readModel(store.path)).toEqual(theirs);
  });

  it('keeps the model of before until the notification is gone', async () => {
    await writeModel(store.path, ours);
    fake.answer = async () => {
      expect(await readModel(store.path)).toEqual(theirs);
      expect((await inStorage()).filter((name) => name.endsWith('.deleted'))).toHaveLength(1);
      return undefined;
    };
    await use();
    expect(sentences()[0]).toMatch(/instead of its own/);
    expect(await inStorage()).toEqual(['model.safetensors']);
  });

  it('can be undone, to the model of before or to none', async () => {
    fake.answer = () => Promise.resolve('Undo');
    await use();
    expect(await inStorage()).toEqual([]);
    await writeModel(store.path, ours);
    const before = await readFile(store.path);
    await use();
    expect(await readFile(store.path)).toEqual(before);
    expect(await inStorage()).toEqual(['model.safetensors']);
    expect(changes).toBe(4);
  });

  it('cannot be undone once the new model was trained, and loses neither', async () => {
    await writeModel(store.path, ours);
    fake.answer = async () => {
      await writeModel(store.path, fullModel({}, 9));
      return 'Undo';
    };
    await expect(use()).rejects.toThrow(/cannot be brought back/);
    expect(await readModel(store.path)).toEqual(fullModel({}, 9));
  });

  it('changes nothing where the file is no good model', async () => {
    await writeModel(store.path, ours);
    const bytes = await readFile(file);
    bytes[bytes.length - 5] ^= 4;
    await writeFile(file, bytes);
    await expect(use()).rejects.toThrow(UserFacingError);
    expect(await readModel(store.path)).toEqual(ours);
    await expect(use(path.join(folder, 'nowhere'))).rejects.toThrow(/no model file/);
    expect(await inStorage()).toEqual(['model.safetensors']);
    expect([changes, sentences()]).toEqual([0, []]);
  });

  it('changes nothing while a training works on the model, in another window too', async () => {
    await writeModel(store.path, ours);
    const lock = await lockModel(store.path);
    await expect(use()).rejects.toThrow(/^Another training/);
    lock.release();
    expect(await readModel(store.path)).toEqual(ours);
    expect(await inStorage()).toEqual(['model.safetensors']);
  });

  it('says so when it is the model of the workspace already', async () => {
    await writeModel(store.path, ours);
    await use(store.path);
    expect(sentences()).toEqual([expect.stringMatching(/already/)]);
    expect(await readModel(store.path)).toEqual(ours);
  });
});
