import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { BenchOptions } from './options.ts';
import { SYMBOLS } from './text.ts';

/** Another implementation in a process of its own, run in turns with ours. */
export interface Peer {
  readonly name: string;
  /** Seconds of each of a few runs. */
  run(threads: number): Promise<number[]>;
  stop(): void;
}

/** Starts bench/peers/pytorch.py. @throws Error when that Python or its PyTorch does not start. */
export async function startPeer(python: string, options: BenchOptions): Promise<Peer> {
  const sizes = [options.units, options.layers, options.batchSize, options.sequenceLength, SYMBOLS];
  const child = spawn(python, ['bench/peers/pytorch.py', options.what, ...sizes.map(String)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = new Promise<never>((_, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${python} bench/peers/pytorch.py ended with ${code}`)));
  });
  // Ending after `stop` is no error; ending before is met by whoever waits for a line.
  gone.catch(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => {
    const { value } = await Promise.race([lines.next(), gone]);
    return String(value);
  };
  const name = await nextLine();
  return {
    name,
    run: async (threads) => {
      child.stdin.write(`${threads}\n`);
      return (await nextLine()).split(' ').map(Number);
    },
    stop: () => child.stdin.end(),
  };
}
