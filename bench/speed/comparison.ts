import type { Timing } from './candidate.ts';
import { median } from './statistics.ts';

/** A unit, and how seconds per symbol are converted to it. */
export interface Measure {
  readonly unit: string;
  readonly largerIsBetter: boolean;
  readonly figure: (secondsPerSymbol: number) => number;
}

export const charactersPerSecond: Measure = {
  unit: 'chars/s',
  largerIsBetter: true,
  figure: (seconds) => 1 / seconds,
};

export const microsecondsPerSymbol: Measure = {
  unit: 'us/symbol',
  largerIsBetter: false,
  figure: (seconds) => seconds * 1e6,
};

export interface Figures {
  readonly name: string;
  readonly median: number;
  readonly best: number;
  /** How many times as fast the engine is: the median of the ratios of turns that follow each other. */
  readonly speedBeside: number;
}

/** The engine compared with all others; what `--json` prints of one size. */
export interface Comparison {
  readonly title: string;
  readonly unit: string;
  readonly largerIsBetter: boolean;
  /** Largest difference of our engines from the double-precision reference, as part of the norm. */
  readonly largestDifference: number;
  /** The engine as the product would run it on this machine. */
  readonly engine: Omit<Figures, 'speedBeside'>;
  /** Our engines in other settings. */
  readonly variants: readonly Figures[];
  /** Other libraries, fastest first. */
  readonly peers: readonly Figures[];
  /** Speed relative to the fastest setting of the fastest other library; null if none was found. */
  readonly speedBesidePeer: number | null;
}

/** @param timings the engine as the product runs it first. */
export function compare(title: string, measure: Measure, timings: readonly Timing[]): Comparison {
  const [engine] = timings;
  const figures = (timing: Timing): Figures => {
    const runs = timing.turns.flat();
    return {
      name: timing.name,
      median: measure.figure(median(runs)),
      best: measure.figure(Math.min(...runs)),
      speedBeside: median(timing.turns.map((turn, i) => median(turn) / median(engine.turns[i]))),
    };
  };
  const others = timings.slice(1);
  const peers = others
    .filter(({ ours }) => !ours)
    .map(figures)
    .sort((a, b) => a.speedBeside - b.speedBeside);
  const { name, median: middle, best } = figures(engine);
  return {
    title,
    unit: measure.unit,
    largerIsBetter: measure.largerIsBetter,
    largestDifference: Math.max(...timings.map(({ largestDifference }) => largestDifference)),
    engine: { name, median: middle, best },
    variants: others.filter(({ ours }) => ours).map(figures),
    peers,
    speedBesidePeer: peers[0]?.speedBeside ?? null,
  };
}
