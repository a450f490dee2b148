const HIDDEN = 64;
const MIN_PROBABILITY = 0.0001;
const MAX_OUTPUT = 8;
const MIN_ERROR = 0.002;
/** Higher than in use, so that what is learnt shows. */
export const VECTOR_RATE = 0.003;
export const INPUT_RATE = 0.0003;

/** What is known of a prediction, by row. */
export interface RowsToScore {
  /** [rows, inputs] logarithms of what each column says. */
  readonly features: readonly (readonly number[])[];
  readonly probabilities: readonly number[];
  /** Names of the vectors added to each row's, its candidate's. */
  readonly candidates: readonly string[];
  /** Names of the vectors added to all rows. */
  readonly position: readonly string[];
}

interface ScoredRow {
  readonly row: number;
  readonly inputs: readonly number[];
  readonly vector: number[];
  hidden: number[];
  /** What the layer says of it, before it is bounded. */
  output: number;
}

/** A layer of hidden units that scores the more probable rows again. */
export class TwinRescoring {
  private readonly weights: number[][] = [];
  private readonly vectors = new Map<string, number[]>();
  private readonly output = new Array<number>(HIDDEN).fill(0);
  private scored: ScoredRow[] = [];
  private means: number[] = [];
  private position: number[][] = [];
  private probabilities: readonly number[] = [];

  /** Probabilities by row as they are after this. */
  rescore({ features, probabilities, candidates, position }: RowsToScore): number[] {
    this.position = position.map((name) => this.vectorOf(name));
    this.scored = probabilities.flatMap((p, row) => {
      if (p < MIN_PROBABILITY) return [];
      const inputs = [...features[row], Math.log(p), p];
      return [{ row, inputs, vector: this.vectorOf(candidates[row]), hidden: [], output: 0 }];
    });
    const inputs = features[0].length + 2;
    this.means = Array.from({ length: inputs }, (_, i) =>
      this.scored.reduce((sum, row) => sum + row.inputs[i] / this.scored.length, 0),
    );
    while (this.weights.length < inputs) this.weights.push(initialWeights(this.weights.length));
    const powers = [...probabilities];
    for (const each of this.scored) {
      each.hidden = this.output.map((_, unit) => {
        const ofInputs = each.inputs.reduce(
          (sum, x, i) => sum + (x - this.means[i]) * this.weights[i][unit],
          0,
        );
        const ofPosition = this.position.reduce((sum, vector) => sum + vector[unit], 0);
        return Math.max(0, ofInputs + ofPosition + each.vector[unit]);
      });
      each.output = each.hidden.reduce((sum, unit, i) => sum + unit * this.output[i], 0);
      powers[each.row] *= Math.exp(Math.min(Math.max(each.output, -MAX_OUTPUT), MAX_OUTPUT));
    }
    const all = powers.reduce((sum, power) => sum + power, 0);
    this.probabilities = powers.map((power) => power / all);
    return [...this.probabilities];
  }

  /** @param right row of what came */
  learn(right: number): void {
    const errorOf = (row: number): number => Number(row === right) - this.probabilities[row];
    const isBeyond = ({ row, output }: ScoredRow): boolean =>
      Math.abs(output) > MAX_OUTPUT && output * errorOf(row) > 0;
    const teaching = this.scored.filter(
      (each) => Math.abs(errorOf(each.row)) >= MIN_ERROR && !isBeyond(each),
    );
    const gradients = teaching.map(({ row, hidden }) =>
      hidden.map((unit, i) => (unit > 0 ? errorOf(row) * this.output[i] : 0)),
    );
    teaching.forEach(({ row, inputs, vector, hidden }, i) => {
      for (let unit = 0; unit < HIDDEN; unit++) {
        this.output[unit] += VECTOR_RATE * errorOf(row) * hidden[unit];
        for (const each of [vector, ...this.position]) each[unit] += VECTOR_RATE * gradients[i][unit];
      }
      inputs.forEach((x, input) => {
        const change = INPUT_RATE * (x - this.means[input]);
        gradients[i].forEach((gradient, unit) => (this.weights[input][unit] += change * gradient));
      });
    });
  }

  private vectorOf(name: string): number[] {
    const vector = this.vectors.get(name) ?? new Array<number>(HIDDEN).fill(0);
    this.vectors.set(name, vector);
    return vector;
  }
}

/** Of an input to each hidden unit, between -0.04 and 0.04. */
const initialWeights = (input: number): number[] =>
  Array.from({ length: HIDDEN }, (_, unit) => {
    const share = (scatter(input * HIDDEN + unit + 1) >>> 8) / 16_777_216;
    return (share * 2 - 1) * 0.04;
  });

function scatter(i: number): number {
  let hash = Math.imul(i, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae3d);
  return hash ^ (hash >>> 16);
}
