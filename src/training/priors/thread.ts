import { parentPort, workerData } from 'node:worker_threads';
import { idsByCodePoint, pack } from './packed.ts';
import type { Learnt, PriorAnswer, PriorThreadData } from './protocol.ts';
import { memoryOf } from './remember.ts';

/** Learns the files, then answers requests in their order: what a memory expects along a file it does not know. */
async function serve(
  { learnt, files, heldOut, symbols }: PriorThreadData,
  port: NonNullable<typeof parentPort>,
) {
  const memory = await memoryOf(learnt, (part) => port.postMessage({ learnt: part } satisfies Learnt));
  const ids = idsByCodePoint(symbols);
  port.on('message', (index: number) => {
    const { name, text } = index < files.length ? files[index] : heldOut[index - files.length];
    const priors = pack(memory.outOfFold(name, text), ids);
    const { starts, symbols, values } = priors;
    port.postMessage({ index, priors } satisfies PriorAnswer, [starts.buffer, symbols.buffer, values.buffer]);
  });
}

void serve(workerData as PriorThreadData, parentPort!);
