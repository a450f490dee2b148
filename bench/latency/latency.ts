import type { Benchmark } from '../benchmark.ts';
import { runProgram } from '../child.ts';

/** What the editor feels: suggestions and the extension host's loop in real VS Code, idle and while training runs. */
export const latency: Benchmark = {
  usage: '[PATH...] [--minutes 0.75] [--keystrokes 100] [--json]',
  run: (args) => runProgram('bench/latency/drive.ts', args),
};
