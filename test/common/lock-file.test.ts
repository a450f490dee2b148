import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import esbuild from 'esbuild';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserFacingError } from '../../src/common/errors.ts';
import { lockModel } from '../../src/common/lock-file.ts';
import { temporaryFolders } from '../training/files.ts';
import { until } from '../until.ts';

vi.mock('../../src/common/sleep.ts', () => import('../fake-sleep.ts'));

const temporaryFolder = temporaryFolders();

/** A process id that is free now. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

function leaveLock(model: string, content: string, age = 0): void {
  writeFileSync(`${model}.lock`, content);
  const time = new Date(Date.now() - age);
  utimesSync(`${model}.lock`, time, time);
}

const lockOf = (pid: number, host = hostname(), processStart?: unknown): string =>
  JSON.stringify({ pid, processStart, host, token: 'theirs', startedAt: '2026-01-01T00:00:00.000Z' });

describe('lockModel', () => {
  it('makes the folder, says who holds the lock, and leaves nothing behind', async () => {
    const model = path.join(temporaryFolder(), 'new', 'model.safetensors');
    const lock = await lockModel(model);
    expect(lock.isHeld()).toBe(true);
    expect(JSON.parse(readFileSync(`${model}.lock`, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
    expect(existsSync(`${model}.lock`)).toBe(false);
    expect(lock.isHeld()).toBe(false);
  });

  it('refuses a second training and names the first', async () => {
    const model = path.join(temporaryFolder(), 'model');
    const lock = await lockModel(model);
    const second = lockModel(model);
    await expect(second).rejects.toThrow(UserFacingError);
    await expect(second).rejects.toThrow(
      `Another training (process ${process.pid}) is working on ${model}; stop it or wait until it ends.`,
    );
    lock.release();
    (await lockModel(model)).release();
  });

  it('lets one of many in the same process in', async () => {
    const model = path.join(temporaryFolder(), 'model');
    leaveLock(model, lockOf(deadPid()));
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => lockModel(model)));
    const won = tries.filter((result) => result.status === 'fulfilled');
    expect(won.length).toBe(1);
    for (const { value } of won) value.release();
    expect(existsSync(`${model}.lock`)).toBe(false);
  });

  it('refuses while the process of another program that may not be signalled lives', async () => {
    const model = path.join(temporaryFolder(), 'model');
    leaveLock(model, lockOf(process.ppid));
    await expect(lockModel(model)).rejects.toThrow(`process ${process.ppid}`);
  });

  it.each([
    { name: 'of a dead process', content: () => lockOf(deadPid()), age: 0 },
    { name: 'of this process id in an earlier life', content: () => lockOf(process.pid), age: 0 },
    { name: 'that is empty', content: () => '', age: 60_000 },
    { name: 'that is torn', content: () => lockOf(1).slice(0, 20), age: 60_000 },
    { name: 'that is something else', content: () => 'null', age: 60_000 },
    { name: 'without a possible process id', content: () => lockOf(-1), age: 60_000 },
    { name: 'without a possible start', content: () => lockOf(process.ppid, 'x', 7), age: 60_000 },
  ])('takes over a lock $name', async ({ content, age }) => {
    const model = path.join(temporaryFolder(), 'model');
    leaveLock(model, content(), age);
    const lock = await lockModel(model);
    expect(lock.isHeld()).toBe(true);
    expect(existsSync(`${model}.lock.takeover`)).toBe(false);
    lock.release();
  });

  it.runIf(process.platform === 'linux').each([0, 600_000])(
    'takes over at once from a process whose id is reused, after %i ms',
    async (age) => {
      const model = path.join(temporaryFolder(), 'model');
      leaveLock(model, lockOf(process.ppid, hostname(), 'another start'), age);
      (await lockModel(model)).release();
    },
  );

  it.runIf(process.platform === 'linux')('refuses where a process has the start of the lock', async () => {
    const other = path.join(temporaryFolder(), 'model');
    const lock = await lockModel(other);
    const own = JSON.parse(readFileSync(`${other}.lock`, 'utf8')) as { processStart: string };
    lock.release();
    expect(own.processStart).toMatch(/^[-\w]+ \d+$/);
    const [boot, ticks] = own.processStart.split(' ');
    expect(Number(ticks)).toBeGreaterThan(0);
    const model = path.join(temporaryFolder(), 'model');
    const parentTicks = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19];
    leaveLock(model, lockOf(process.ppid, hostname(), `${boot} ${parentTicks}`));
    await expect(lockModel(model)).rejects.toThrow(`process ${process.ppid}`);
  });

  describe('not touched for ten minutes', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
    afterEach(() => void vi.useRealTimers());
    const untilListening = (): Promise<void> => until(() => vi.getTimerCount() > 0);

    it.each([
      { name: 'whose process id is in use', content: lockOf(process.ppid) },
      { name: 'of another machine', content: lockOf(1, 'x') },
    ])('is listened to $name, and then taken over', async ({ content }) => {
      const model = path.join(temporaryFolder(), 'model');
      leaveLock(model, content, 600_000);
      let isTaken = false;
      const locking = lockModel(model).then((lock) => {
        isTaken = true;
        return lock;
      });
      await untilListening();
      await vi.advanceTimersByTimeAsync(30_000);
      expect(isTaken).toBe(false);
      await vi.advanceTimersByTimeAsync(10_000);
      const lock = await locking;
      expect(lock.isHeld()).toBe(true);
      expect(existsSync(`${model}.lock.takeover`)).toBe(false);
      lock.release();
    });

    it('is not taken over where its owner lives, and the clock was set ahead', async () => {
      const model = path.join(temporaryFolder(), 'model');
      leaveLock(model, lockOf(process.ppid), 600_000);
      const locking = lockModel(model);
      const refused = expect(locking).rejects.toThrow(`process ${process.ppid}`);
      await untilListening();
      await vi.advanceTimersByTimeAsync(29_000);
      leaveLock(model, lockOf(process.ppid));
      await vi.advanceTimersByTimeAsync(10_000);
      await refused;
    });
  });

  it('waits for a lock that is just being written', async () => {
    const model = path.join(temporaryFolder(), 'model');
    leaveLock(model, '');
    const locking = lockModel(model);
    writeFileSync(`${model}.lock`, lockOf(process.ppid));
    await expect(locking).rejects.toThrow(`process ${process.ppid}`);
  });

  it('trusts a living process of another machine', async () => {
    const model = path.join(temporaryFolder(), 'model');
    leaveLock(model, lockOf(deadPid(), 'another-machine'));
    await expect(lockModel(model)).rejects.toThrow('Another training');
  });

  it('takes over although a taker died while taking over', async () => {
    const model = path.join(temporaryFolder(), 'model');
    leaveLock(model, lockOf(deadPid()));
    writeFileSync(`${model}.lock.takeover`, lockOf(deadPid()));
    (await lockModel(model)).release();
    expect(existsSync(`${model}.lock.takeover`)).toBe(false);
  });

  it("does not remove a lock that became another's", async () => {
    const model = path.join(temporaryFolder(), 'model');
    const lock = await lockModel(model);
    writeFileSync(`${model}.lock`, lockOf(process.ppid));
    expect(lock.isHeld()).toBe(false);
    lock.release();
    expect(existsSync(`${model}.lock`)).toBe(true);
  });

  it('says in a sentence that the folder cannot be written', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'file'), '');
    const locking = lockModel(path.join(folder, 'file', 'model'));
    await expect(locking).rejects.toThrow(UserFacingError);
    await expect(locking).rejects.toThrow(/cannot be written, because .*; name another place\./);
  });

  it.skipIf(!existsSync('/proc/self'))('says so where the system makes no folders', async () => {
    const locking = lockModel('/proc/no-such-folder/model');
    await expect(locking).rejects.toThrow(/cannot be written, because there is no such .* check the path\./);
  });

  it('says so where a folder is in the way of the lock', async () => {
    const model = path.join(temporaryFolder(), 'model');
    mkdirSync(`${model}.lock`);
    utimesSync(`${model}.lock`, 0, 0);
    await expect(lockModel(model)).rejects.toThrow(UserFacingError);
  });

  it('lets one of several processes take over, and is free once that one is killed', async () => {
    const folder = temporaryFolder();
    const model = path.join(folder, 'model');
    const script = path.join(folder, 'contender.mjs');
    await esbuild.build({
      stdin: {
        contents: `import { lockModel } from './src/common/lock-file.ts';
          process.stdin.once('data', () => lockModel(${JSON.stringify(model)}).then(
            () => console.log('won'), () => console.log('lost')));
          process.stdin.on('end', () => process.exit(0));
          console.log('ready');`,
        resolveDir: path.resolve(import.meta.dirname, '../..'),
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: script,
    });
    leaveLock(model, lockOf(deadPid()));
    const contenders = Array.from({ length: 5 }, () => spawn(process.execPath, [script], { stdio: 'pipe' }));
    try {
      const say = (child: (typeof contenders)[number]): Promise<string> =>
        new Promise((resolve) =>
          child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim())),
        );
      await Promise.all(contenders.map(say));
      const answers = contenders.map(say);
      for (const { stdin } of contenders) stdin.write('go\n');
      const results = await Promise.all(answers);
      expect(results.filter((result) => result === 'won').length).toBe(1);

      const winner = contenders[results.indexOf('won')];
      const gone = new Promise((resolve) => winner.once('close', resolve));
      winner.kill('SIGKILL');
      await gone;
      (await lockModel(model)).release();
    } finally {
      for (const child of contenders) child.kill('SIGKILL');
    }
  });
});
