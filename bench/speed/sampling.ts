import { parseArgs } from 'node:util';
import { createWasmEngine } from '../../src/engine/parts.ts';
import { COMPARISON_OPTIONS, wholeNumber } from '../arguments.ts';
import type { Benchmark } from '../benchmark.ts';
import { compare, microsecondsPerSymbol } from './comparison.ts';
import type { Comparison } from './comparison.ts';
import { measureAlternately } from './candidate.ts';
import { engineCandidate } from './candidates/engine.ts';
import { pytorch } from './candidates/peers.ts';
import { tensorFlowEngine } from './candidates/tensorflow.ts';
import { writeSpeedPlot } from './plots/speed.ts';
import { reportJson } from '../report.ts';
import { reportComparison } from './report-comparison.ts';
import { networkTitle, sizesFrom } from './sizes.ts';

const TITLES = {
  sampling: 'drawing symbols one by one at temperature 0.5',
  reading: 'reading a text of 1000 symbols',
} as const;

/** One text at batch 1, with the kernels that suggestions use. */
export const sampling: Benchmark = {
  usage: '[--units 128,256] [--embedding N] [--layers 2] [--rounds 5] [--python PATH] [--plots DIR] [--json]',
  run: async (args) => {
    const { values } = parseArgs({ args: [...args], options: COMPARISON_OPTIONS });
    const rounds = wholeNumber('rounds', values.rounds, 5);
    const candidates = [
      engineCandidate('wasm, plain kernels', () => createWasmEngine()),
      ...(values.python === undefined ? [] : await pytorch(values.python)),
      ...tensorFlowEngine(),
    ];
    const comparisons: Comparison[] = [];
    try {
      for (const sizes of sizesFrom(values, '128,256')) {
        for (const work of ['sampling', 'reading'] as const) {
          const timings = await measureAlternately(candidates, work, sizes, rounds);
          const title = `${TITLES[work]}, ${networkTitle(sizes)}`;
          const comparison = compare(title, microsecondsPerSymbol, timings);
          comparisons.push(comparison);
          if (!values.json) reportComparison(comparison);
        }
      }
    } finally {
      for (const candidate of candidates) candidate.close();
    }
    if (values.json) reportJson({ comparisons });
    if (values.plots !== undefined) writeSpeedPlot(values.plots, 'sampling', comparisons);
  },
};
