import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Preload } from './preload.ts';
import { footprintOf, runningProcesses, type Role } from './processes.ts';
import type { Session } from './session.ts';
import { modelFiles } from './storage.ts';

/** Something that goes wrong under the product, and is right again when it resolves. */
export interface Fault {
  readonly name: string;
  /** Whether it ends the extension host. */
  readonly endsHost?: true;
  /** @returns false where there was nothing to break */
  readonly cause: (session: Session, server: number) => Promise<boolean>;
}

const FILLER_CHUNK = Buffer.alloc(1 << 20);

function signal(role: Role, name: NodeJS.Signals): (server: number) => boolean {
  return (server) => {
    const found = runningProcesses(server).filter((each) => each.role === role);
    for (const { pid } of found) process.kill(pid, name);
    return found.length > 0;
  };
}

const killTraining = signal('training', 'SIGKILL');
const killHost = signal('extension host', 'SIGKILL');

export const FAULTS: readonly Fault[] = [
  { name: 'training killed', cause: (_, server) => Promise.resolve(killTraining(server)) },
  {
    name: 'extension host killed',
    endsHost: true,
    cause: async (session, server) => {
      if (!killHost(server)) return false;
      await sleep(2000);
      // VS Code restarts a host three times at most; a person reloads.
      await session.reload();
      return true;
    },
  },
  { name: 'training stopped for 10 s', cause: (_, server) => stopped('training', server, 10_000) },
  { name: 'extension host stopped for 4 s', cause: (_, server) => stopped('extension host', server, 4000) },
  { name: 'disk full for 8 s', cause: fillDisk },
  { name: 'storage read-only for 8 s', cause: makeReadOnly },
  { name: 'no more files to open for 5 s', cause: (_, server) => exhaustFiles(server) },
  { name: 'model file damaged', cause: damageModel },
  { name: 'clock an hour ahead for 8 s', cause: ({ preload }) => moveClock(preload, 3_600_000) },
  { name: 'clock a day behind for 8 s', cause: ({ preload }) => moveClock(preload, -86_400_000) },
];

async function moveClock(preload: Preload, aheadMs: number): Promise<boolean> {
  await preload.setClock(aheadMs);
  await sleep(8000);
  await preload.setClock(0);
  return true;
}

async function stopped(role: Role, server: number, milliseconds: number): Promise<boolean> {
  if (!signal(role, 'SIGSTOP')(server)) return false;
  await sleep(milliseconds);
  signal(role, 'SIGCONT')(server);
  return true;
}

async function fillDisk({ disk }: Session): Promise<boolean> {
  if (disk.missing !== undefined) return false;
  const filler = join(disk.folder, 'filler');
  const file = openSync(filler, 'w');
  try {
    for (;;) writeSync(file, FILLER_CHUNK);
  } catch {
    // Full.
  }
  closeSync(file);
  await sleep(8000);
  await rm(filler);
  return true;
}

/** A mount over the folder is read-only; what is open stays open. */
async function makeReadOnly({ disk }: Session): Promise<boolean> {
  if (disk.missing !== undefined) return false;
  const storage = disk.folder;
  execFileSync('mount', ['--bind', storage, storage]);
  try {
    execFileSync('mount', ['-o', 'remount,bind,ro', storage]);
    await sleep(8000);
  } finally {
    execFileSync('umount', ['-l', storage]);
  }
  return true;
}

async function exhaustFiles(server: number): Promise<boolean> {
  const hosts = runningProcesses(server).filter(({ role }) => role === 'extension host');
  for (const { pid } of hosts) limitFiles(pid, (footprintOf(pid)?.files ?? 0) + 1);
  await sleep(5000);
  for (const { pid } of hosts) limitFiles(pid, 65_536);
  return hosts.length > 0;
}

function limitFiles(pid: number, files: number): void {
  try {
    execFileSync('prlimit', ['--pid', String(pid), `--nofile=${files}:1048576`], { stdio: 'pipe' });
  } catch {
    // It has ended meanwhile.
  }
}

/** Damages the model file for some seconds; its good copy then comes back. */
async function damageModel({ userData }: Session, server: number): Promise<boolean> {
  const [file] = modelFiles(userData);
  // A training would replace what was put in its place.
  if (file === undefined || runningProcesses(server).some(({ role }) => role === 'training')) return false;
  await damageFor(file, 5000);
  await sleep(1000);
  return true;
}

/** Damages a file for a while; its good copy then comes back. */
export async function damageFor(file: string, milliseconds: number): Promise<void> {
  const kept = `${file}.kept-by-test`;
  await copyFile(file, kept);
  const bytes = await readFile(file);
  bytes[Math.floor(bytes.length / 2)] ^= 0x40;
  await writeFile(`${kept}.damaged`, bytes);
  await rename(`${kept}.damaged`, file);
  await sleep(milliseconds);
  await rename(kept, file);
}
