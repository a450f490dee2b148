import { availableParallelism } from 'node:os';
import { sentenceOf } from '../src/errors.ts';
import { parseOptions, usage } from './options.ts';
import type { BenchOptions } from './options.ts';
import { startPeer } from './peer.ts';
import { report } from './report.ts';
import { prepareSampling } from './sampling.ts';
import { prepareTraining } from './training.ts';

/** Runs ours and, where there is one, the peer at each number of threads in turns, so that both meet the same machine. */
async function bench(options: BenchOptions): Promise<void> {
  const prepare = options.what === 'training' ? prepareTraining : prepareSampling;
  const measured = await prepare(options);
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
