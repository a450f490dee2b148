import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Another program that answers each line, a JSON value, with a line of its own. */
export interface LineProcess {
  /** The first line that the program printed. */
  readonly greeting: string;
  ask(question: object): Promise<unknown>;
  close(): void;
}

/**
 * @param env variables that the program gets besides ours.
 * @throws Error when the program does not start.
 */
export async function startLineProcess(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<LineProcess> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  const gone = new Promise<never>((_, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${command} ${args[0]} ended with ${code}`)));
  });
  // The end after `close` is no error; an earlier one rejects whatever waits for a line.
  gone.catch(() => undefined);
  // A broken pipe is reported by the end of the program.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => {
    const { done, value } = await Promise.race([lines.next(), gone]);
    return done ? gone : String(value);
  };
  return {
    greeting: await nextLine(),
    ask: async (question) => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return JSON.parse(await nextLine()) as unknown;
    },
    close: () => child.stdin.end(),
  };
}
