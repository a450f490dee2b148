import { availableParallelism } from 'node:os';
import { createTensorFlowEngine, threadsFor } from '../src/engine/tensorflow/index.ts';
import { createWasmEngine, defaultThreads } from '../src/engine/wasm/index.ts';
import { prepareLayers } from './layers.ts';
import type { Benchmark } from './benchmark.ts';
import { parseOptions, usage } from './options.ts';
import type { Measured, Runs } from './measured.ts';
import type { BenchOptions } from './options.ts';
import { startPeer } from './peer.ts';
import { report } from './report.ts';
import { prepareSampling } from './sampling.ts';
import { prepareTraining, specificationFor } from './training.ts';

export function comparison(what: BenchOptions['what']): Benchmark {
  return { usage, run: (args) => bench(parseOptions(what, args)) };
}

/** Runs ours and, where there is one, the peer at each number of threads in turns, so that both meet the same machine. */
async function bench(options: BenchOptions): Promise<void> {
  if (options.what === 'tensorflow') return benchTensorFlow(options);
  const ours = options.what === 'training' ? await prepareWasm(options) : [await sampler(options)];
  const peer = options.python === undefined ? undefined : await startPeer(options.python, options);
  const theirs = Array.from({ length: peer ? availableParallelism() : 0 }, (): number[] => []);
  for (const { measured } of ours) for (let warmUp = 0; warmUp < 3; warmUp++) measured.run();
  for (let round = 0; round < options.rounds; round++) {
    for (const { measured, seconds } of ours) seconds.push(measured.run(), measured.run(), measured.run());
    for (const [setting, seconds] of theirs.entries()) {
      seconds.push(...((await peer?.run(setting + 1)) ?? []));
    }
  }
  peer?.stop();
  const [first, ...others] = ours;
  const peers = theirs.map((seconds, setting) => ({
    name: `${peer?.name ?? ''}, ${setting + 1} thread(s)`,
    seconds,
  }));
  report(first.measured, first, [...others, ...peers], options.json);
}

/** One of our own implementations and its runs. */
interface Contender extends Runs {
  readonly measured: Measured;
  readonly seconds: number[];
}

async function sampler(options: BenchOptions): Promise<Contender> {
  return { name: 'wasm, plain kernels', measured: await prepareSampling(options), seconds: [] };
}

/** The wasm engine with every number of threads and both builds of the kernels, the best for most machines first. */
async function prepareWasm(options: BenchOptions): Promise<Contender[]> {
  const contenders: Contender[] = [];
  for (const kernels of ['wide', 'plain'] as const) {
    for (let threads = availableParallelism(); threads > 0; threads--) {
      const measured = await prepareTraining(options, await createWasmEngine({ kernels, threads }));
      contenders.push({ name: `wasm, ${kernels} kernels, ${threads} thread(s)`, measured, seconds: [] });
    }
  }
  return contenders;
}

/** Runs the tensorflow engine, the wasm engine, and what one would write with TensorFlow.js's layers, in turns. */
async function benchTensorFlow(options: BenchOptions): Promise<void> {
  const { batchSize, sequenceLength } = options;
  const threads = threadsFor(specificationFor(options), { batchSize, sequenceLength });
  const measured = await prepareTraining(options, await createTensorFlowEngine(threads));
  const asTraining = { kernels: 'auto', threads: defaultThreads() } as const;
  const wasm = await prepareTraining(options, await createWasmEngine(asTraining));
  const contenders = [
    { name: `tensorflow engine, ${threads} thread(s)`, run: measured.run, seconds: [] as number[] },
    { name: `wasm engine, ${defaultThreads()} thread(s)`, run: wasm.run, seconds: [] as number[] },
    { name: 'tf.layers.lstm', run: prepareLayers(options), seconds: [] as number[] },
  ];
  for (const { run } of contenders) for (let warmUp = 0; warmUp < 3; warmUp++) run();
  for (let round = 0; round < options.rounds; round++) {
    for (const { run, seconds } of contenders) seconds.push(run(), run(), run());
  }
  const [ours, ...others] = contenders;
  report(measured, ours, others, options.json);
}
