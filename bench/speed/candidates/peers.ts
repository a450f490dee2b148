import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Candidate } from '../candidate.ts';
import { SYMBOLS } from '../text.ts';
import { startLineProcess } from '../../line-process.ts';
import type { LineProcess } from '../../line-process.ts';

/** PyTorch with each number of threads. @param python that has it. @throws Error when it does not start. */
export async function pytorch(python: string): Promise<Candidate[]> {
  const peer = await startLineProcess(python, ['bench/peers/pytorch.py']);
  return Array.from({ length: availableParallelism() }, (_, i) => {
    const threads = i + 1;
    return peerCandidate(`${peer.greeting}, ${threads} thread${threads === 1 ? '' : 's'}`, peer, { threads });
  });
}

/** The bundle that bench/run.ts makes if `npm ci --prefix bench/peers/tfjs-wasm` was run. */
const TFJS_WASM = 'out/bench-tfjs-wasm.mjs';

export async function tfjsWasm(): Promise<Candidate[]> {
  if (!existsSync(TFJS_WASM)) return [];
  const peer = await startLineProcess(process.execPath, [TFJS_WASM]);
  return [peerCandidate(peer.greeting, peer, {})];
}

function peerCandidate(name: string, peer: LineProcess, setting: object): Candidate {
  return {
    name,
    ours: false,
    prepare: (work, sizes) =>
      Promise.resolve({
        run: async () => {
          const embedding = sizes.embedding ?? sizes.units;
          const question = { work, ...sizes, embedding, symbols: SYMBOLS, ...setting };
          const { seconds, symbols } = (await peer.ask(question)) as { seconds: number; symbols: number };
          return seconds / symbols;
        },
        dispose: () => undefined,
      }),
    close: () => peer.close(),
  };
}
