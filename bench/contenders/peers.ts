import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Contender } from '../contender.ts';
import { SYMBOLS } from '../text.ts';
import { startConversation } from './conversation.ts';
import type { Conversation } from './conversation.ts';

/** PyTorch with each number of threads. @param python that has it. @throws Error when it does not start. */
export async function pytorch(python: string): Promise<Contender[]> {
  const peer = await startConversation(python, ['bench/peers/pytorch.py']);
  return Array.from({ length: availableParallelism() }, (_, i) => {
    const threads = i + 1;
    return peerContender(`${peer.greeting}, ${threads} thread${threads === 1 ? '' : 's'}`, peer, { threads });
  });
}

/** Made by bench/run.ts where `npm ci --prefix bench/peers/tfjs-wasm` was run. */
const TFJS_WASM = 'out/bench-tfjs-wasm.mjs';

export async function tfjsWasm(): Promise<Contender[]> {
  if (!existsSync(TFJS_WASM)) return [];
  const peer = await startConversation(process.execPath, [TFJS_WASM]);
  return [peerContender(peer.greeting, peer, {})];
}

function peerContender(name: string, peer: Conversation, setting: object): Contender {
  return {
    name,
    ours: false,
    prepare: (work, sizes) =>
      Promise.resolve({
        run: async () => {
          const question = { work, ...sizes, symbols: SYMBOLS, ...setting };
          const { seconds, symbols } = (await peer.ask(question)) as { seconds: number; symbols: number };
          return seconds / symbols;
        },
        dispose: () => undefined,
      }),
    close: () => peer.close(),
  };
}
