import { spawn } from 'node:child_process';

/** Runs a part of a benchmark that cannot be bundled with the others, as a program of its own. @throws Error when it fails. */
export async function runProgram(file: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [file, ...args], { stdio: 'inherit' });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status !== 0) throw new Error(`${file} ended with ${status}`);
}
