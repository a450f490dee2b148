import type { Benchmark } from '../benchmark.ts';
import { runProgram } from '../child.ts';

/** Time from a window's start to its first suggestions, where the workspace is remembered, and memory held then. */
export const start: Benchmark = {
  usage: '--folder FOLDER --file FILE [--rounds 3] [--json]',
  run: (args) => runProgram('bench/start/drive.ts', args),
};
