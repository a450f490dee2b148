import { parentPort, workerData } from 'node:worker_threads';
import type { FromWorker, ToWorker } from '../../../common/rpc/rpc-protocol.ts';
import { idsByCodePoint } from '../../../corpus/index.ts';
import { pack } from './sparse-priors.ts';
import {
  type NamedText,
  PRIOR_PROTOCOL_VERSION,
  type PriorProtocol,
  type PriorThreadData,
} from './protocol.ts';
import { buildContextModel } from './build-context-model.ts';

/** Learns the files, then answers requests in their order: with the priors along a file that is left out for it. */
async function serve(
  { learnt, files, heldOut, firstHeldOut, symbols }: PriorThreadData,
  port: NonNullable<typeof parentPort>,
) {
  const post = (message: FromWorker<PriorProtocol>, transfer: ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer);
  post({ type: 'hello', version: PRIOR_PROTOCOL_VERSION });
  const total = unitsOf(learnt) + unitsOf(heldOut);
  const report = (units: number): void => post({ type: 'progress', fraction: units / total });
  const model = await buildContextModel(learnt, (part) => report(part * unitsOf(learnt)));
  let done = unitsOf(learnt);
  const ids = idsByCodePoint(symbols);
  port.on('message', (message: ToWorker<PriorProtocol>) => {
    if (message.type !== 'request') return;
    const { id, params: index } = message;
    const { name, text } = files.get(index) ?? heldOut[index - firstHeldOut];
    const result = pack(model.leaveOneOut(name, text), ids);
    if (index >= firstHeldOut) report((done += text.length));
    post({ type: 'reply', id, result }, [result.starts.buffer, result.symbols.buffer, result.values.buffer]);
  });
}

const unitsOf = (texts: readonly NamedText[]): number =>
  texts.reduce((sum, { text }) => sum + text.length, 0);

void serve(workerData as PriorThreadData, parentPort!);
