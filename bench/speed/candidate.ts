import type { Sizes } from './sizes.ts';

/** `training`: steps with Adam; `sampling`: symbols drawn one by one; `reading`: a text fed in at once. */
export type Work = 'training' | 'sampling' | 'reading';

/** An engine of ours with some setting, or another library, that does the work. */
export interface Candidate {
  readonly name: string;
  readonly ours: boolean;
  /** @throws Error if it does not compute what the reference does, because its speed would then mean nothing. */
  prepare(work: Work, sizes: Sizes): Promise<Prepared>;
  close(): void;
}

/** A candidate that is ready to work. */
export interface Prepared {
  /** Largest difference from the double-precision reference as part of the norm; undefined for other libraries. */
  readonly largestDifference?: number;
  /** Does the work once. @returns seconds per symbol. */
  run(): Promise<number>;
  dispose(): void;
}

/** The measured times of one candidate, in seconds per symbol. */
export interface Timing {
  readonly name: string;
  readonly ours: boolean;
  readonly largestDifference: number;
  /** The runs of each turn. */
  readonly turns: readonly (readonly number[])[];
}

const WARM_UPS = 2;
const TURN_SECONDS = 0.5;
const MAX_RUNS_PER_TURN = 30;

/** Lets the candidates work alternately, so that all have the same conditions. Each warms up before the first turn. */
export async function measureAlternately(
  candidates: readonly Candidate[],
  work: Work,
  sizes: Sizes,
  rounds: number,
): Promise<Timing[]> {
  const entrants = [];
  for (const candidate of candidates) {
    const prepared = await candidate.prepare(work, sizes);
    let seconds = 0;
    for (let i = 0; i < WARM_UPS; i++) {
      const start = performance.now();
      await prepared.run();
      seconds = (performance.now() - start) / 1000;
    }
    const runs = Math.round(TURN_SECONDS / seconds);
    const turns: number[][] = [];
    entrants.push({ candidate, prepared, turns, runs: Math.max(1, Math.min(runs, MAX_RUNS_PER_TURN)) });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { prepared, turns, runs } of entrants) {
      const turn: number[] = [];
      for (let i = 0; i < runs; i++) turn.push(await prepared.run());
      turns.push(turn);
    }
  }
  return entrants.map(({ candidate: { name, ours }, prepared, turns }) => {
    prepared.dispose();
    return { name, ours, largestDifference: prepared.largestDifference ?? 0, turns };
  });
}
