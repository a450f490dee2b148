import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readModel } from '../../src/model/index.ts';
import type { Scope } from '../../scripts/real-vscode/scope.ts';

const MODEL_NAME = 'model.safetensors';
const DISK = 'size=200m';

/** Where models are kept: a small file system of its own where the system lets us mount one. */
export interface Disk {
  readonly folder: string;
  /** Why it is none of its own, so that it cannot be filled. */
  readonly missing: string | undefined;
}

/** Only of the models: VS Code's own server ends where it cannot write its logs. */
export async function makeDisk(scope: Scope, userData: string): Promise<Disk> {
  const folder = workspaceStorageOf(userData);
  await mkdir(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', DISK, 'char-rnn', folder], { stdio: 'pipe' });
  } catch {
    return { folder, missing: 'the system lets us mount no file system' };
  }
  scope.defer(() => execFileSync('umount', ['-l', folder]));
  return { folder, missing: undefined };
}

export function workspaceStorageOf(userData: string): string {
  return join(userData, 'User', 'workspaceStorage');
}

/** All files below a folder. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The workspaces' model files in a profile, the newest first. */
export function modelFiles(userData: string): string[] {
  return filesBelow(workspaceStorageOf(userData))
    .filter((file) => file.endsWith(`/${MODEL_NAME}`))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}

/** What writers left behind that are gone. */
export function leftovers(userData: string): string[] {
  return filesBelow(workspaceStorageOf(userData)).filter((file) => file.endsWith('.tmp'));
}

/** Held-out bits per character of the model kept; undefined where there is none. @throws where it does not open */
export async function keptBits(userData: string): Promise<number | undefined> {
  const [file] = modelFiles(userData);
  if (file === undefined) return undefined;
  const { training } = await readModel(file);
  return training.validations.at(-1)?.bitsPerCharacter;
}

/** Lines of the extension hosts' logs that no user should be the first to read. */
export function complaints(userData: string): string[] {
  return filesBelow(join(userData, 'logs'))
    .filter((file) => file.endsWith('.log'))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter(
      (line) => /unhandled|uncaught|rejected promise not handled/i.test(line) && /char-rnn/i.test(line),
    );
}
