import { availableParallelism, cpus, loadavg } from 'node:os';

/** The machine that was measured on. */
export interface Machine {
  readonly processors: string;
  /** Mean number of programs that wanted a core during the last minute. */
  readonly load: number;
  readonly node: string;
}

export function machine(): Machine {
  return {
    processors: `${availableParallelism()} x ${cpus()[0]?.model ?? process.arch}`,
    load: loadavg()[0],
    node: process.versions.node,
  };
}

export function describeMachine({ processors, load, node }: Machine): string {
  return `on ${processors}, Node ${node}, load ${load.toFixed(1)}`;
}

/** Whether a line of a benchmark's output is what `describeMachine` prints. */
export function isMachineDescription(line: string): boolean {
  return /^on \d+ x .*, Node \S+, load [\d.]+$/.test(line);
}
