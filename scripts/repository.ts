import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserFacingError, sentenceOf } from '../src/common/errors.ts';

/** This repository's folder. */
export const ROOT = join(import.meta.dirname, '..');

/** package.json, as far as scripts need it. */
export const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
};

/** Runs one of our scripts or a package's program with this Node, its output passed on; the exit status. */
export async function runNode(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Builds dist/. */
export async function build(): Promise<void> {
  if ((await runNode(['esbuild.config.mjs'])) !== 0) {
    throw new UserFacingError('The extension could not be built; the compiler says above what is wrong.');
  }
}

/** Copies this repository's sources, without what is installed or built, to a new folder. */
export async function copySources(target: string): Promise<void> {
  const leftOut = new Set(['node_modules', 'dist', 'out', '.git']);
  await cp(ROOT, target, {
    recursive: true,
    filter: (source) => !leftOut.has(basename(source)) && !source.endsWith('.vsix'),
  });
}

/** Runs a script's main function: its result is the exit status, an error one sentence and status 1. */
export async function main(run: () => Promise<number>): Promise<never> {
  try {
    process.exit(await run());
  } catch (error) {
    console.error(error instanceof UserFacingError || isUnknownOption(error) ? sentenceOf(error) : error);
    process.exit(1);
  }
}

/** Whether `parseArgs` met an option that the script does not have, or one without its value. */
function isUnknownOption(error: unknown): boolean {
  return (
    error instanceof TypeError && String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS')
  );
}
