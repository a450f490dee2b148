const FLOOR = -12;
const PROPOSALS = 4;
const UNSEEN = 100;
const HIDDEN = 16;
const MIN_PROBABILITY = 0.0001;
const MIN_ERROR = 0.002;
const MIXTURE_RATE = 0.003;
const INPUT_RATE = 0.0003;
const VECTOR_RATE = 0.003;
const INITIAL_TRUST = 0.75;
const TRUST_SHARE = 0.002;

/** The weights that one position uses. */
export interface NetworkWeights {
  /** [4], the sum of both vectors. */
  mixture: number[];
  /** [8][HIDDEN] */
  readonly inputs: number[][];
  /** [HIDDEN], the sum of all vectors chosen by the position. */
  position: number[];
  /** [HIDDEN] by character; 128 is everything else. */
  readonly candidates: Map<number, number[]>;
  output: number[];
}

/** What counts and network say of a symbol; undefined stands for all others. */
interface Row {
  readonly symbol: number | undefined;
  readonly logarithms: readonly [ofCounts: number, ofNetwork: number];
  readonly alone: number;
  readonly isNew: boolean;
}

const floored = (p: number, least: number): number => Math.max(Math.log(Math.max(p, least)), FLOOR);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Mixes what counts and a network say, scores it again, and averages it with the counts alone. */
export class TwinNetworkMixing {
  readonly weights: NetworkWeights;
  private trust = INITIAL_TRUST;
  private rows: Row[] = [];
  private features: number[][] = [];
  private joint: number[] = [];
  private rescored: number[] = [];
  private scored: { readonly row: number; readonly inputs: number[]; readonly hidden: number[] }[] = [];
  private readonly asciiOf: (symbol: number) => number;

  constructor(weights: NetworkWeights, asciiOf: (symbol: number) => number) {
    this.weights = weights;
    this.asciiOf = asciiOf;
  }

  /** @returns probabilities by symbol, and of all others */
  join(
    counts: ReadonlyMap<number, number>,
    network: ReadonlyMap<number, number>,
  ): Map<number | undefined, number> {
    this.rows = rowsOf(counts, network);
    this.features = featuresOf(this.rows);
    this.joint = softmax(this.features.map((row) => sum(row.map((x, i) => x * this.weights.mixture[i]))));
    this.score();
    const averaged = this.rows.map(
      ({ symbol, alone }, i) => [symbol, this.trust * this.rescored[i] + (1 - this.trust) * alone] as const,
    );
    return new Map(averaged);
  }

  learn(symbol: number): void {
    const listed = this.rows.findIndex((row) => row.symbol === symbol);
    const right = listed < 0 ? this.rows.length - 1 : listed;
    const expected = this.trust * this.rescored[right];
    const posterior = expected / (expected + (1 - this.trust) * this.rows[right].alone);
    this.trust = posterior + TRUST_SHARE * (INITIAL_TRUST - posterior);
    this.learnRescoring(right);
    this.weights.mixture = this.weights.mixture.map((weight, i) => {
      const mean = sum(this.joint.map((p, row) => p * this.features[row][i]));
      // Each of the two vectors moves.
      return weight + 2 * MIXTURE_RATE * Math.min(Math.max(this.features[right][i] - mean, -4), 4);
    });
  }

  private score(): void {
    const { inputs, position, output } = this.weights;
    const raw = this.joint.flatMap((p, row) => {
      if (p < MIN_PROBABILITY) return [];
      const { symbol, logarithms, isNew } = this.rows[row];
      const [ofCounts, ofNetwork] = logarithms;
      const logs = [ofCounts, Math.log(p), ofNetwork].map((log) => log * 0.333);
      const flags = [Number(isNew), Number(symbol === undefined)];
      return [{ row, inputs: [...logs, Math.exp(ofCounts), p, Math.exp(ofNetwork), ...flags] }];
    });
    const means = inputs.map((_, i) => sum(raw.map((each) => each.inputs[i])) / raw.length);
    const powers = [...this.joint];
    this.scored = raw.map(({ row, inputs: values }) => {
      const centred = values.map((value, i) => value - means[i]);
      const own = this.candidateOf(row);
      const hidden = output.map((_, unit) =>
        Math.max(0, own[unit] + position[unit] + sum(centred.map((x, i) => x * inputs[i][unit]))),
      );
      powers[row] *= Math.exp(sum(hidden.map((unit, i) => unit * output[i])));
      return { row, inputs: centred, hidden };
    });
    const all = sum(powers);
    this.rescored = powers.map((power) => power / all);
  }

  private learnRescoring(right: number): void {
    const { weights } = this;
    for (const { row, inputs, hidden } of this.scored) {
      const error = Number(row === right) - this.rescored[row];
      if (Math.abs(error) < MIN_ERROR) continue;
      const own = this.candidateOf(row);
      const gradients = hidden.map((unit, i) => (unit > 0 ? error * weights.output[i] : 0));
      for (let unit = 0; unit < HIDDEN; unit++) {
        weights.output[unit] += VECTOR_RATE * error * hidden[unit];
        own[unit] += VECTOR_RATE * gradients[unit];
        // Each of the five chosen vectors moves.
        weights.position[unit] += 5 * VECTOR_RATE * gradients[unit];
        inputs.forEach((x, i) => (weights.inputs[i][unit] += INPUT_RATE * x * gradients[unit]));
      }
    }
  }

  private candidateOf(row: number): number[] {
    const { symbol } = this.rows[row];
    return this.weights.candidates.get(symbol === undefined ? 128 : this.asciiOf(symbol))!;
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
