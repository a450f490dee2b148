import type { Benchmark } from '../benchmark.ts';
import { runProgram } from '../child.ts';

/** Time and memory that a training takes to read a large tree of files. */
export const corpus: Benchmark = {
  usage: '[--files 100000] [--megabytes 1000] [--seed 0] [--json]',
  run: (args) => runProgram('bench/corpus/drive.ts', args),
};
