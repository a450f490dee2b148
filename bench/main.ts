import { availableParallelism } from 'node:os';
import { createTensorFlowEngine, threadsFor } from '../src/engine/tensorflow/index.ts';
import { createWasmEngine } from '../src/engine/wasm/index.ts';
import { sentenceOf } from '../src/errors.ts';
import { prepareLayers } from './layers.ts';
import { parseOptions, usage } from './options.ts';
import type { BenchOptions } from './options.ts';
import { startPeer } from './peer.ts';
import { report } from './report.ts';
import { prepareSampling } from './sampling.ts';
import { prepareTraining, specificationFor } from './training.ts';

/** Runs ours and, where there is one, the peer at each number of threads in turns, so that both meet the same machine. */
async function bench(options: BenchOptions): Promise<void> {
  if (options.what === 'tensorflow') return benchTensorFlow(options);
  const measured =
    options.what === 'training'
      ? await prepareTraining(options, await createWasmEngine())
      : await prepareSampling(options);
  const peer = options.python === undefined ? undefined : await startPeer(options.python, options);
  const ours: number[] = [];
  const theirs = Array.from({ length: peer ? availableParallelism() : 0 }, (): number[] => []);
  measured.run();
  for (let round = 0; round < options.rounds; round++) {
    ours.push(measured.run(), measured.run(), measured.run());
    for (const [setting, seconds] of theirs.entries()) {
      seconds.push(...((await peer?.run(setting + 1)) ?? []));
    }
  }
  peer?.stop();
  report(
    measured,
    { name: 'wasm, 1 thread', seconds: ours },
    theirs.map((seconds, setting) => ({ name: `${peer?.name ?? ''}, ${setting + 1} thread(s)`, seconds })),
    options.json,
  );
}

/** Runs the tensorflow engine, the wasm engine, and what one would write with TensorFlow.js's layers, in turns. */
async function benchTensorFlow(options: BenchOptions): Promise<void> {
  const { batchSize, sequenceLength } = options;
  const threads = threadsFor(specificationFor(options), { batchSize, sequenceLength });
  const measured = await prepareTraining(options, await createTensorFlowEngine(threads));
  const wasm = await prepareTraining(options, await createWasmEngine());
  const contenders = [
    { name: `tensorflow engine, ${threads} thread(s)`, run: measured.run, seconds: [] as number[] },
    { name: 'wasm engine, 1 thread', run: wasm.run, seconds: [] as number[] },
    { name: 'tf.layers.lstm', run: prepareLayers(options), seconds: [] as number[] },
  ];
  for (const { run } of contenders) for (let warmUp = 0; warmUp < 3; warmUp++) run();
  for (let round = 0; round < options.rounds; round++) {
    for (const { run, seconds } of contenders) seconds.push(run(), run(), run());
  }
  const [ours, ...others] = contenders;
  report(measured, ours, others, options.json);
}

let options: BenchOptions | undefined;
try {
  options = parseOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${sentenceOf(error)}\nusage: ${usage}`);
  process.exitCode = 2;
}
if (options) {
  await bench(options).catch((error: unknown) => {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  });
}
