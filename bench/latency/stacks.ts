import { Session } from 'node:inspector/promises';
import type { Profiler } from 'node:inspector';
import type { Pass } from './measured.ts';

/** Microseconds between two samples of the stack. */
const INTERVAL_US = 200;
/** Frames of the extension, not of this benchmark. */
const OURS = /dist\/extension\.cjs$/;

/** Samples this thread's stacks. @returns a function that stops it and gives the extension's part of the samples. */
export async function sampleStacks(): Promise<() => Promise<NonNullable<Pass['ours']>>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return maxStretch(profile);
  };
}

function maxStretch({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): NonNullable<Pass['ours']> {
  const parents = new Map<number, Profiler.ProfileNode>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) for (const child of node.children ?? []) parents.set(child, node);
  const stackOf = (id: number): Profiler.ProfileNode[] => {
    const stack: Profiler.ProfileNode[] = [];
    for (let node = byId.get(id); node; node = parents.get(node.id)) stack.push(node);
    return stack;
  };
  const isOurs = new Map(
    nodes.map(({ id }) => [id, stackOf(id).some(({ callFrame }) => OURS.test(callFrame.url))]),
  );
  let longest = { length: 0, last: 0 };
  let stretch = 0;
  let all = 0;
  let ours = 0;
  for (const [i, id] of samples.entries()) {
    const milliseconds = (timeDeltas[i + 1] ?? 0) / 1000;
    all += milliseconds;
    if (!isOurs.get(id)) {
      stretch = 0;
      continue;
    }
    ours += milliseconds;
    stretch += milliseconds;
    if (stretch > longest.length) longest = { length: stretch, last: id };
  }
  const stack = stackOf(longest.last).map(
    ({ callFrame }) => `${callFrame.functionName || '(anonymous)'}:${callFrame.columnNumber}`,
  );
  return { longest: longest.length, stack: stack.slice(0, 12), share: ours / all };
}
