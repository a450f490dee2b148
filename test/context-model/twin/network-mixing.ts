const FLOOR = -12;
const PROPOSALS = 4;
const UNSEEN = 100;
const RATE = 0.003;
const INITIAL_TRUST = 0.75;
const TRUST_SHARE = 0.002;

/** What counts and network say of a symbol; undefined stands for all others. */
interface Row {
  readonly symbol: number | undefined;
  readonly logarithms: readonly [ofCounts: number, ofNetwork: number];
  readonly alone: number;
  readonly isNew: boolean;
}

const floored = (p: number, least: number): number => Math.max(Math.log(Math.max(p, least)), FLOOR);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Mixes what counts and a network say at one position, and averages it with the counts alone. */
export class TwinNetworkMixing {
  /** [4], the sum of both vectors. */
  private weights: readonly number[];
  private trust = INITIAL_TRUST;
  private rows: readonly Row[] = [];
  private features: readonly (readonly number[])[] = [];
  private joint: readonly number[] = [];

  constructor(weights: readonly number[]) {
    this.weights = weights;
  }

  /** @returns probabilities by symbol, and of all others */
  join(
    counts: ReadonlyMap<number, number>,
    network: ReadonlyMap<number, number>,
  ): Map<number | undefined, number> {
    this.rows = rowsOf(counts, network);
    this.features = featuresOf(this.rows);
    this.joint = softmax(this.features.map((row) => sum(row.map((x, i) => x * this.weights[i]))));
    const averaged = this.rows.map(
      ({ symbol, alone }, i) => [symbol, this.trust * this.joint[i] + (1 - this.trust) * alone] as const,
    );
    return new Map(averaged);
  }

  learn(symbol: number): void {
    const listed = this.rows.findIndex((row) => row.symbol === symbol);
    const right = listed < 0 ? this.rows.length - 1 : listed;
    const expected = this.trust * this.joint[right];
    const posterior = expected / (expected + (1 - this.trust) * this.rows[right].alone);
    this.trust = posterior + TRUST_SHARE * (INITIAL_TRUST - posterior);
    this.weights = this.weights.map((weight, i) => {
      const mean = sum(this.joint.map((p, row) => p * this.features[row][i]));
      // Each of the two vectors moves.
      return weight + 2 * RATE * Math.min(Math.max(this.features[right][i] - mean, -4), 4);
    });
  }
}

function rowsOf(counts: ReadonlyMap<number, number>, network: ReadonlyMap<number, number>): Row[] {
  const others = 1 - sum([...counts.values()]);
  const proposed = [...network]
    .filter(([symbol]) => !counts.has(symbol))
    .sort(([, a], [, b]) => b - a)
    .slice(0, PROPOSALS);
  const ofNetwork = (symbol: number): number => {
    const log = network.get(symbol);
    return log === undefined ? FLOOR : Math.max(log, FLOOR);
  };
  const own = [...counts].map(([symbol, p]): Row => {
    return { symbol, logarithms: [floored(p, 0), ofNetwork(symbol)], alone: p, isNew: false };
  });
  const perUnseen = others / UNSEEN;
  const added = proposed.map(([symbol]): Row => {
    return {
      symbol,
      logarithms: [floored(perUnseen, 1e-9), ofNetwork(symbol)],
      alone: perUnseen,
      isNew: true,
    };
  });
  const listed = [...own, ...added].flatMap(({ symbol }) => network.get(symbol!) ?? []);
  const left = 1 - sum(listed.map(Math.exp));
  const rest: Row = {
    symbol: undefined,
    logarithms: [floored(others, 1e-9), floored(left, 1e-6)],
    alone: others - added.length * perUnseen,
    isNew: false,
  };
  return [...own, ...added, rest];
}

/** [rows][4]: both logarithms, and whether a row is the favourite of the counts, and of the network. */
function featuresOf(rows: readonly Row[]): number[][] {
  const ofCounts = rows.map(({ logarithms, isNew, symbol }) =>
    isNew || symbol === undefined ? -Infinity : logarithms[0],
  );
  const ofNetwork = rows.map(({ logarithms }) => logarithms[1]);
  const best = (values: readonly number[]): number => values.indexOf(Math.max(...values));
  return rows.map(({ logarithms }, i) => [
    ...logarithms,
    Number(i === best(ofCounts)),
    Number(i === best(ofNetwork)),
  ]);
}

function softmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  return powers.map((power) => power / sum(powers));
}
