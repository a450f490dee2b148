import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CancellationToken } from 'vscode-languageserver/node';
import { lockModel } from '../../../src/common/lock-file.ts';
import { type CommandContext, COMMANDS } from '../../../src/lsp/features/commands.ts';
import { ModelFile } from '../../../src/session/index.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const at = temporaryFolder();

/** Runs the command in a workspace with this model file. @returns how often the memory was deleted. */
async function deleteModel(path: string): Promise<{ forgotten: () => number; result: Promise<unknown> }> {
  let forgotten = 0;
  const stored = { model: new ModelFile(path), memory: { forget: () => Promise.resolve(void forgotten++) } };
  const context = {
    training: { requireIdle: () => undefined },
    workspace: { requireStored: () => stored, refresh: () => Promise.resolve() },
  } as unknown as CommandContext;
  const run = { given: {}, token: CancellationToken.None, makeProgress: () => Promise.reject(new Error()) };
  const result = Promise.resolve(COMMANDS['charRnn.deleteModel'](context, run));
  await result.catch(() => undefined);
  return { forgotten: () => forgotten, result };
}

describe('charRnn.deleteModel', () => {
  it('deletes the model and what is remembered', async () => {
    const model = at('whole.safetensors');
    await writeFile(model, '');
    const { forgotten, result } = await deleteModel(model);
    expect(await result).toEqual({ deleted: true });
    expect(forgotten()).toBe(1);
    expect(await new ModelFile(model).exists()).toBe(false);
  });

  it('deletes nothing while another process trains the model', async () => {
    const model = at('trained.safetensors');
    await writeFile(model, '');
    const lock = await lockModel(model);
    const { forgotten, result } = await deleteModel(model);
    lock.release();
    await expect(result).rejects.toThrow(/is working on/);
    expect(forgotten()).toBe(0);
    expect(await new ModelFile(model).exists()).toBe(true);
  });

  it('deletes no file of the user that charRnn.model names by mistake', async () => {
    const file = at('notes.md');
    await writeFile(file, '# Notes\n');
    const { forgotten, result } = await deleteModel(file);
    await expect(result).rejects.toThrow(/is not a Char-RNN model, so it was not deleted/);
    expect(forgotten()).toBe(0);
    expect(await new ModelFile(file).exists()).toBe(true);
  });
});
