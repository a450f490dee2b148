/**
 * npm run interop: makes a Python in the user's cache with what the tests of event files need, and with `--torch` what
 * those with PyTorch do. If that fails, it prints the reason; the tests then report that they did not run.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sentenceOf } from '../src/common/errors.ts';
import { userCache } from '../src/common/user-cache.ts';
import { runCommand } from './commands.ts';

const EVENT_FILE_PACKAGES = ['tensorboard', 'numpy'];
/** These take a few gigabytes, because PyPI's build of PyTorch contains its libraries for graphics processors. */
const TORCH_PACKAGES = ['torch', 'safetensors'];

const WANTED = process.argv.includes('--torch')
  ? [...EVENT_FILE_PACKAGES, ...TORCH_PACKAGES]
  : EVENT_FILE_PACKAGES;
const FOLDER = join(userCache(), 'python');
const [BIN, SYSTEM] =
  process.platform === 'win32' ? ['Scripts/python.exe', 'python'] : ['bin/python', 'python3'];
const PYTHON = join(FOLDER, BIN);

try {
  await runCommand(PYTHON, ['-c', `import ${WANTED.join(', ')}`]);
  console.log(`${PYTHON} has ${WANTED.join(', ')}.`);
} catch {
  await install();
}

async function install(): Promise<void> {
  try {
    console.log(`Installing ${WANTED.join(', ')} in ${FOLDER} with pip.`);
    await mkdir(userCache(), { recursive: true });
    await runCommand(SYSTEM, ['-m', 'venv', FOLDER]);
    await runCommand(PYTHON, ['-m', 'pip', 'install', '--quiet', ...WANTED]);
  } catch (error) {
    console.log(
      `There is no Python with ${WANTED.join(', ')} (${sentenceOf(error).split('\n').at(-1)}), so the tests that need it will not run.`,
    );
  }
}
