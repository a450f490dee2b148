import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { createWasmEngine, defaultThreads } from '../../src/engine/parts.ts';
import { COMPARISON_OPTIONS, wholeNumber } from '../arguments.ts';
import type { Benchmark } from '../benchmark.ts';
import { charactersPerSecond, compare } from './comparison.ts';
import { measureAlternately } from './candidate.ts';
import type { Candidate } from './candidate.ts';
import { engineCandidate } from './candidates/engine.ts';
import { pytorch } from './candidates/peers.ts';
import type { Axis, Point } from './growth-axis.ts';
import { writeGrowthPlots } from './plots/growth.ts';
import { report, formatFigure, table } from '../report.ts';
import { DEFAULT_SIZES } from './sizes.ts';
import type { Sizes } from './sizes.ts';

type Measurement = Omit<Point, 'value'>;

const AXES = {
  units: [64, 128, 192, 256, 384, 512],
  layers: [1, 2, 3],
  batchSize: [1, 7, 20, 32, 50, 64, 100, 200],
  sequenceLength: [25, 50, 100, 200, 400],
} as const satisfies Partial<Record<keyof Sizes, readonly number[]>>;

const TITLES = {
  units: 'units',
  layers: 'layers',
  batchSize: 'batch size',
  sequenceLength: 'sequence length',
} as const satisfies Record<keyof typeof AXES, string>;

/** How the speed of training changes with each size alone, and with threads. */
export const growth: Benchmark = {
  usage: '[--rounds 1] [--python PATH] [--plots DIR] [--json]',
  run: async (args) => {
    const { python, plots, json, rounds } = COMPARISON_OPTIONS;
    const { values } = parseArgs({ args: [...args], options: { python, plots, json, rounds } });
    const peers = values.python === undefined ? [] : await pytorch(values.python);
    const turns = wholeNumber('rounds', values.rounds, 1);
    let measured: Axis[];
    try {
      measured = [...(await overSizes(peers, turns)), await overThreads(peers, turns)];
    } finally {
      for (const peer of peers) peer.close();
    }
    report(values.json, { axes: measured }, measured.map(describeAxis).join('\n\n'));
    if (values.plots !== undefined) writeGrowthPlots(values.plots, measured);
  },
};

async function overSizes(peers: readonly Candidate[], rounds: number): Promise<Axis[]> {
  const engine = wasm(defaultThreads());
  const known = new Map<string, Measurement>();
  const measured: Axis[] = [];
  for (const axis of Object.keys(AXES) as (keyof typeof AXES)[]) {
    const points: Point[] = [];
    for (const value of AXES[axis]) {
      const sizes = { ...DEFAULT_SIZES, [axis]: value };
      const key = JSON.stringify(sizes);
      const measurement = known.get(key) ?? (await measure([engine, ...peers], sizes, rounds));
      known.set(key, measurement);
      points.push({ value, ...measurement });
    }
    measured.push({ name: TITLES[axis], points });
  }
  return measured;
}

async function overThreads(peers: readonly Candidate[], rounds: number): Promise<Axis> {
  const points: Point[] = [];
  for (let threads = 1; threads <= availableParallelism(); threads++) {
    const candidates = [wasm(threads), ...peers.slice(threads - 1, threads)];
    points.push({ value: threads, ...(await measure(candidates, DEFAULT_SIZES, rounds)) });
  }
  return { name: 'threads', points };
}

function wasm(threads: number): Candidate {
  return engineCandidate(`wasm, ${threads} threads`, () => createWasmEngine({ kernels: 'auto', threads }));
}

async function measure(candidates: readonly Candidate[], sizes: Sizes, rounds: number): Promise<Measurement> {
  const timings = await measureAlternately(candidates, 'training', sizes, rounds);
  const { engine, peers, speedBesidePeer } = compare('', charactersPerSecond, timings);
  return { engine: engine.median, peer: peers[0]?.median ?? null, speedBesidePeer };
}

function describeAxis({ name, points }: Axis): string {
  const rows = points.map(({ value, engine, peer, speedBesidePeer }) => [
    String(value),
    formatFigure(engine),
    peer === null ? '' : formatFigure(peer),
    speedBesidePeer?.toFixed(2) ?? '',
  ]);
  return table([name, 'wasm, chars/s', 'PyTorch', 'wasm is x'], rows);
}
