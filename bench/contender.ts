import type { Sizes } from './sizes.ts';

/** Training: steps of forward, backward, clipping, Adam. Sampling: symbols drawn one by one. Reading: a text fed in at once. */
export type Work = 'training' | 'sampling' | 'reading';

/** Who does the work: one of our engines in some setting, or a peer. */
export interface Contender {
  readonly name: string;
  readonly ours: boolean;
  /** @throws Error when it computes something else than the reference: its speed would mean nothing. */
  prepare(work: Work, sizes: Sizes): Promise<Prepared>;
  close(): void;
}

/** Ready to work. */
export interface Prepared {
  /** From the double-precision reference, as part of the norm; a peer's is not looked at. */
  readonly largestDifference?: number;
  /** Works once. @returns seconds per symbol. */
  run(): Promise<number>;
  dispose(): void;
}

/** What one contender took, in seconds per symbol. */
export interface Timing {
  readonly name: string;
  readonly ours: boolean;
  readonly largestDifference: number;
  /** The runs of each turn. */
  readonly turns: readonly (readonly number[])[];
}

const WARM_UPS = 2;
const SECONDS_OF_A_TURN = 0.5;
const MOST_RUNS_OF_A_TURN = 3;

/** Lets them work in turns, so that all meet the same machine; each warms up before the first turn. */
export async function takeTurns(
  contenders: readonly Contender[],
  work: Work,
  sizes: Sizes,
  rounds: number,
): Promise<Timing[]> {
  const players = [];
  for (const contender of contenders) {
    const prepared = await contender.prepare(work, sizes);
    let seconds = 0;
    for (let i = 0; i < WARM_UPS; i++) {
      const start = performance.now();
      await prepared.run();
      seconds = (performance.now() - start) / 1000;
    }
    const runs = Math.round(SECONDS_OF_A_TURN / seconds);
    const turns: number[][] = [];
    players.push({ contender, prepared, turns, runs: Math.max(1, Math.min(runs, MOST_RUNS_OF_A_TURN)) });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { prepared, turns, runs } of players) {
      const turn: number[] = [];
      for (let i = 0; i < runs; i++) turn.push(await prepared.run());
      turns.push(turn);
    }
  }
  return players.map(({ contender: { name, ours }, prepared, turns }) => {
    prepared.dispose();
    return { name, ours, largestDifference: prepared.largestDifference ?? 0, turns };
  });
}
