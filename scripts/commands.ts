import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the command is ended and counts as failed. */
  readonly timeout?: number;
}

/** Runs a command. @returns its standard output. @throws Error with the last lines of all output if it fails. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, timeout }: CommandOptions = {},
): Promise<string> {
  const PATH = [join(process.execPath, '..'), env['PATH']].join(delimiter);
  const child = spawn(command, args, {
    cwd,
    timeout,
    env: { ...env, PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      tail = (tail + data.toString()).slice(-2000);
      if (stream === child.stdout) output += data.toString();
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output.trim());
      else reject(new Error(tail.trim() || (signal ?? `exit status ${code}`)));
    });
  });
}

/** Runs npm in a folder, as if no other npm were running around it. */
export async function runNpm(args: readonly string[], folder: string): Promise<void> {
  const npm = process.env['npm_execpath'];
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  await runCommand(command, [...first, ...args], { cwd: folder, env: npmEnvironment() });
}

/** This process's environment without the variables that an outer `npm run` sets about this repository. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const about =
    /^(npm_(package|lifecycle|command|config_(local_prefix|prefix|global_prefix|omit|include))|INIT_CWD)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !about.test(name)));
}
