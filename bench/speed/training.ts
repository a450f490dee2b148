import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { createWasmEngine, defaultThreads } from '../../src/engine/parts.ts';
import { COMPARISON_OPTIONS, wholeNumber } from '../arguments.ts';
import type { Benchmark } from '../benchmark.ts';
import { charactersPerSecond, compare } from './comparison.ts';
import type { Comparison } from './comparison.ts';
import { measureAlternately } from './candidate.ts';
import type { Candidate } from './candidate.ts';
import { engineCandidate } from './candidates/engine.ts';
import { pytorch, tfjsWasm } from './candidates/peers.ts';
import { layersOfTensorFlow, tensorFlowEngine } from './candidates/tensorflow.ts';
import { writeSpeedPlot } from './plots/speed.ts';
import { reportJson } from '../report.ts';
import { reportComparison } from './report-comparison.ts';
import { networkTitle, sizesFrom } from './sizes.ts';

/** A library that is this many times slower than the engine at one size is left out of the following ones. */
const TOO_SLOW_TO_REPEAT = 10;

/** Training steps: every build of the wasm engine, the tensorflow engine, and all peers that can be found. */
export const training: Benchmark = {
  usage:
    '[--units 128,256,512] [--embedding N] [--layers 2] [--batch-size 50] [--sequence-length 200] [--rounds 5] [--python PATH] [--narrow] [--plots DIR] [--json]',
  run: async (args) => {
    const { values } = parseArgs({
      args: [...args],
      options: { ...COMPARISON_OPTIONS, narrow: { type: 'boolean', default: false } },
    });
    const rounds = wholeNumber('rounds', values.rounds, 5);
    const comparisons: Comparison[] = [];
    const everybody = await candidatesFor(values.python, values.narrow);
    let candidates = everybody;
    try {
      for (const sizes of sizesFrom(values, '128,256,512')) {
        const timings = await measureAlternately(candidates, 'training', sizes, rounds);
        const title = `training ${networkTitle(sizes)}, B ${sizes.batchSize}, T ${sizes.sequenceLength}`;
        const comparison = compare(title, charactersPerSecond, timings);
        comparisons.push(comparison);
        if (!values.json) reportComparison(comparison);
        const tooSlow = comparison.peers.filter(({ speedBeside }) => speedBeside > TOO_SLOW_TO_REPEAT);
        candidates = candidates.filter(({ name }) => !tooSlow.some((peer) => peer.name === name));
      }
    } finally {
      for (const candidate of everybody) candidate.close();
    }
    if (values.json) reportJson({ comparisons });
    if (values.plots !== undefined) writeSpeedPlot(values.plots, 'training', comparisons);
  },
};

/** The engine first with what most machines train with: wide kernels on the usual number of threads. */
async function candidatesFor(python: string | undefined, narrow: boolean): Promise<Candidate[]> {
  const usual = defaultThreads();
  const others = Array.from({ length: availableParallelism() }, (_, i) => i + 1).filter((n) => n !== usual);
  const ours = (['wide', 'plain'] as const).flatMap((kernels) =>
    [usual, ...others].map((threads) =>
      engineCandidate(`wasm, ${kernels} kernels, ${threads} thread${threads === 1 ? '' : 's'}`, () =>
        createWasmEngine({ kernels, threads }),
      ),
    ),
  );
  return [
    ...ours,
    ...(python === undefined ? [] : await pytorch(python, narrow)),
    ...tensorFlowEngine(),
    ...layersOfTensorFlow(),
    ...(await tfjsWasm()),
  ];
}
