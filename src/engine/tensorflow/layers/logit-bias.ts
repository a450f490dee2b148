import type { LogitBias } from '../../engine.ts';
import type { TensorId } from '../runtime/binding.ts';
import type { Operations } from '../operations/operations.ts';

/** w and g, or their gradients. */
export interface LogitBiasParameters {
  /** [1, 1]. */
  readonly weight: TensorId;
  /** [1, H]. */
  readonly gate: TensorId;
}

/** d of all symbols [R, V]; 0 for symbols that the logit bias does not name. */
export function denseLogitBias(
  operations: Operations,
  { entries: K, symbols, values }: LogitBias,
  V: number,
): TensorId {
  const rows = symbols.length / K;
  const dense = new Float32Array(rows * V);
  for (let i = 0; i < symbols.length; i++) {
    if (symbols[i] >= 0) dense[Math.floor(i / K) * V + symbols[i]] += values[i];
  }
  return operations.floats([rows, V], dense);
}

/** logits + (w + g·h) d. @param logits [R, V]. @param d [R, V]. @param hidden h [R, H]. */
export function addLogitBias(
  operations: Operations,
  logits: TensorId,
  d: TensorId,
  hidden: TensorId,
  { weight, gate }: LogitBiasParameters,
): TensorId {
  const factors = operations.add(operations.product(hidden, gate, { b: true }), weight);
  return operations.add(logits, operations.multiply(factors, d));
}

/** The gradients of w, g and h from those of the biased logits [R, V]. */
export function logitBiasGradients(
  operations: Operations,
  dLogits: TensorId,
  d: TensorId,
  hidden: TensorId,
  { gate }: LogitBiasParameters,
  { rows, symbols }: { readonly rows: number; readonly symbols: number },
): { readonly gradients: LogitBiasParameters; readonly dHidden: TensorId } {
  const ones = (count: number) => operations.constantFloats('ones', [count, 1], 1);
  const dFactors = operations.product(operations.multiply(dLogits, d), ones(symbols));
  return {
    gradients: {
      weight: operations.product(dFactors, ones(rows), { a: true }),
      gate: operations.product(dFactors, hidden, { a: true }),
    },
    dHidden: operations.product(dFactors, gate),
  };
}
