import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const builtCli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Ending {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command under way. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ending>;
  /** Settles when a line of standard output for which `matches` has come. */
  line(matches: (line: string) => boolean): Promise<string>;
}

export function start(parameters: readonly string[], input = '', cwd?: string): Running {
  const child = spawn(process.execPath, [builtCli, ...parameters], { cwd });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A command that does not read its input may be gone before it is written.
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
  const line = (matches: (line: string) => boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = stdout.split('\n').slice(0, -1).find(matches);
        if (found !== undefined) resolve(found);
      };
      child.stdout.on('data', look);
      child.on('close', () => reject(new Error(`no such line in ${stdout}\n${stderr}`)));
      look();
    });
  return { child, ended, line };
}

export function run(...parameters: string[]): Promise<Ending> {
  return start(parameters).ended;
}

/** Runs a command that must succeed, and gives its standard output. */
export async function output(...parameters: string[]): Promise<string> {
  const { status, stdout, stderr } = await run(...parameters);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

export function expectRefusal(ending: Ending, status: number, message: RegExp): void {
  expect(ending.stderr).toMatch(message);
  expect(ending.stderr).toMatch(/^[A-Z-][^\n]*\.\n$/);
  expect(ending.stdout).toBe('');
  expect(ending.status).toBe(status);
}

export function jsonLines(stdout: string): Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
