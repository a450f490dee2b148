import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Room for what a program prints. */
const MAX_OUTPUT_BYTES = 2 ** 24;

/** Runs a part of a benchmark that cannot be bundled with the others, as a program of its own. @throws Error when it fails. */
export async function runProgram(file: string, args: readonly string[]): Promise<void> {
  const status = await statusOf(spawn(process.execPath, [file, ...args], { stdio: 'inherit' }));
  if (status !== 0) throw new Error(`${file} ended with ${status}`);
}

/** What a program prints as JSON. @throws Error when it fails. */
export async function resultOfProgram<T>(file: string, args: readonly string[]): Promise<T> {
  const { stdout } = await run(process.execPath, [file, ...args], { maxBuffer: MAX_OUTPUT_BYTES });
  return JSON.parse(stdout) as T;
}

/** What a program prints, its errors passed on; undefined when it fails. */
export async function outputOfProgram(file: string, args: readonly string[]): Promise<string | undefined> {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, status] = await Promise.all([text(child.stdout), statusOf(child)]);
  return status === 0 ? output : undefined;
}

function statusOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
