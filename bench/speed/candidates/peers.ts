import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Candidate } from '../candidate.ts';
import { SYMBOLS } from '../text.ts';
import { startLineProcess } from '../../line-process.ts';
import type { LineProcess } from '../../line-process.ts';

/** Keeps the libraries of PyTorch to vectors as wide as the engine's, as on processors without wider ones. */
const VECTORS_OF_256_BITS = {
  ONEDNN_MAX_CPU_ISA: 'AVX2',
  ATEN_CPU_CAPABILITY: 'avx2',
  MKL_ENABLE_INSTRUCTIONS: 'AVX2',
};

/**
 * PyTorch with each number of threads.
 * @param python that has it.
 * @param narrow whether to keep it to vectors of 256 bits.
 * @throws Error when it does not start.
 */
export async function pytorch(python: string, narrow = false): Promise<Candidate[]> {
  const peer = await startLineProcess(python, ['bench/peers/pytorch.py'], narrow ? VECTORS_OF_256_BITS : {});
  return Array.from({ length: availableParallelism() }, (_, i) => {
    const threads = i + 1;
    const name = `${peer.greeting}${narrow ? ', 256 bits' : ''}, ${threads} thread${threads === 1 ? '' : 's'}`;
    return peerCandidate(name, peer, { threads });
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
