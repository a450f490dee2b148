import type { Benchmark } from '../benchmark.ts';
import { runProgram } from '../child.ts';

/** Delays of suggestions and of the extension host's event loop in real VS Code, idle and during a training. */
export const latency: Benchmark = {
  usage: '[PATH...] [--minutes 0.75] [--keystrokes 100] [--json]',
  run: (args) => runProgram('bench/latency/drive.ts', args),
};
