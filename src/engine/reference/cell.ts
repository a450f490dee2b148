/** One layer's parameters, or their gradients: W_ih [G·H, I], W_hh [G·H, H], b_ih and b_hh [G·H]. */
export interface CellParameters {
  readonly weightIh: Float64Array;
  readonly weightHh: Float64Array;
  readonly biasIh: Float64Array;
  readonly biasHh: Float64Array;
}

export interface CellSizes {
  /** T, B, I, H. */
  readonly length: number;
  readonly batch: number;
  readonly inputs: number;
  readonly units: number;
}

/** What a forward pass leaves for the backward pass. */
export interface CellTrace {
  /** [T, B, n·H] after the nonlinearities; each cell has its own n. */
  readonly gates: Float64Array;
  /** [T+1, B, H]; block 0 is the state before the window. */
  readonly h: Float64Array;
  /** The same for the cells of an LSTM; empty for other cells. */
  readonly c: Float64Array;
}

export interface CellBackward {
  /** [T, B, I]. */
  readonly dX: Float64Array;
  readonly gradients: CellParameters;
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** One gate's sum bias + W v, from row `gate` of W [G·H, n] and the n values that start at `at`. */
export function gateSum(
  weight: Float64Array,
  bias: Float64Array,
  gate: number,
  values: Float64Array,
  at: number,
  n: number,
): number {
  let sum = bias[gate];
  for (let k = 0; k < n; k++) sum += weight[gate * n + k] * values[at + k];
  return sum;
}

/** Adds the gradient d of a `gateSum` to the gradients of its weights, its bias and, if there is one, its values. */
export function addGateGradient(
  d: number,
  weight: Float64Array,
  gate: number,
  values: Float64Array,
  at: number,
  n: number,
  into: { readonly weight: Float64Array; readonly bias: Float64Array; readonly values: Float64Array | null },
  intoAt = at,
): void {
  into.bias[gate] += d;
  for (let k = 0; k < n; k++) {
    into.weight[gate * n + k] += d * values[at + k];
    if (into.values) into.values[intoAt + k] += d * weight[gate * n + k];
  }
}

export function zeroGradients({ weightIh, weightHh, biasIh, biasHh }: CellParameters): CellParameters {
  return {
    weightIh: new Float64Array(weightIh.length),
    weightHh: new Float64Array(weightHh.length),
    biasIh: new Float64Array(biasIh.length),
    biasHh: new Float64Array(biasHh.length),
  };
}
