import { parentPort, workerData } from 'node:worker_threads';
import { idsByCodePoint } from '../../../corpus/index.ts';
import { pack } from './sparse-priors.ts';
import type { NamedText, PriorAnswer, PriorProgress, PriorThreadData } from './protocol.ts';
import { memoryOf } from './build-context-model.ts';

/** Learns the files, then answers requests in their order: what a memory expects along a file it does not know. */
async function serve(
  { learnt, files, heldOut, symbols }: PriorThreadData,
  port: NonNullable<typeof parentPort>,
) {
  const total = unitsOf(learnt) + unitsOf(heldOut);
  const tell = (units: number) => port.postMessage({ fraction: units / total } satisfies PriorProgress);
  const memory = await memoryOf(learnt, (part) => tell(part * unitsOf(learnt)));
  let done = unitsOf(learnt);
  const ids = idsByCodePoint(symbols);
  port.on('message', (index: number) => {
    const { name, text } = index < files.length ? files[index] : heldOut[index - files.length];
    const priors = pack(memory.leaveOneOut(name, text), ids);
    if (index >= files.length) tell((done += text.length));
    const { starts, symbols, values } = priors;
    port.postMessage({ index, priors } satisfies PriorAnswer, [starts.buffer, symbols.buffer, values.buffer]);
  });
}

const unitsOf = (texts: readonly NamedText[]): number =>
  texts.reduce((sum, { text }) => sum + text.length, 0);

void serve(workerData as PriorThreadData, parentPort!);
