import type { Benchmark } from '../benchmark.ts';
import { runProgram } from '../child.ts';

/** How fast, and in how much memory, a training reads a large tree of files. */
export const corpus: Benchmark = {
  usage: '[--files 100000] [--megabytes 1000] [--seed 0] [--json]',
  run: (args) => runProgram('bench/corpus/drive.ts', args),
};
