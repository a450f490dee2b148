import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CrashGuard } from '../../../src/engine/select/crash-guard.ts';

describe('the memory of native crashes', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'char-rnn-guard-'));
    path = join(folder, 'cache', 'mark.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const markOf = async (mark: unknown): Promise<void> => {
    await new CrashGuard(path).begin();
    writeFileSync(path, typeof mark === 'string' ? mark : JSON.stringify(mark));
  };
  const deadProcess = (): number => spawnSync(process.execPath, ['-e', '']).pid;

  it('knows of none at first', () => expect(new CrashGuard(path).lastTryCrashed).toBe(false));

  it('takes a mark whose process is gone for a crash', async () => {
    await markOf({ pid: deadProcess(), at: Date.now() });
    expect(new CrashGuard(path).lastTryCrashed).toBe(true);
  });

  it.runIf(process.platform === 'linux')('takes a mark whose process id is reused for a crash', async () => {
    await markOf({ pid: process.pid, processStart: 'another', at: Date.now() });
    expect(new CrashGuard(path).lastTryCrashed).toBe(true);
  });

  it('leaves a try that is still going on alone', async () => {
    await new CrashGuard(path).begin();
    expect(new CrashGuard(path).lastTryCrashed).toBe(false);
  });

  it('forgets a crash after a day', async () => {
    await markOf({ pid: deadProcess(), at: Date.now() - 25 * 60 * 60 * 1000 });
    expect(new CrashGuard(path).lastTryCrashed).toBe(false);
  });

  it('takes the mark away when the try went well', async () => {
    const guard = new CrashGuard(path);
    await guard.begin();
    guard.end();
    expect(existsSync(path)).toBe(false);
  });

  for (const torn of ['', '{', '{"pid":"x"}', 'null', '[]']) {
    it(`is not misled by ${JSON.stringify(torn)}`, async () => {
      await markOf(torn);
      expect(new CrashGuard(path).lastTryCrashed).toBe(false);
    });
  }

  it('does without where nothing can be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    const guard = new CrashGuard(join(folder, 'file', 'mark.json'));
    await guard.begin();
    expect(guard.lastTryCrashed).toBe(false);
    guard.end();
  });
});
