import type { Score } from '../../engine.ts';
import type { TensorId } from '../runtime/binding.ts';
import type { Operations } from '../operations/operations.ts';

/** Counted targets: those that are not negative. */
const isCounted = (target: number) => target >= 0;

/**
 * The mean cross entropy of logits [R, V] over the counted targets [R], in nats, and its gradient with respect to the
 * logits, multiplied by `weight`.
 */
export function meanLoss(
  operations: Operations,
  logits: TensorId,
  targets: Int32Array,
  weight = 1,
): { readonly loss: number; readonly dLogits: TensorId } {
  const count = targets.filter(isCounted).length;
  const [losses, dLosses] = operations.crossEntropy(logits, labelsOf(operations, targets));
  // Zero for targets that do not count.
  const shares = Float32Array.from(targets, (target) => (isCounted(target) ? weight / count : 0));
  const dLogits = operations.multiply(dLosses, operations.floats([shares.length, 1], shares));
  return { loss: count === 0 ? 0 : sumOfCounted(operations.read(losses), targets) / count, dLogits };
}

/** How well logits [R, V] predict the counted targets [R]. */
export function scoreOf(operations: Operations, logits: TensorId, targets: Int32Array): Score {
  const labels = labelsOf(operations, targets);
  const [losses] = operations.crossEntropy(logits, labels);
  const hits = operations.readBooleans(operations.isLargest(logits, labels));
  return {
    loss: sumOfCounted(operations.read(losses), targets),
    correct: sumOfCounted(hits, targets),
  };
}

/** [R] labels that TensorFlow takes: it refuses negative ones, so those that do not count become 0. */
function labelsOf(operations: Operations, targets: Int32Array): TensorId {
  return operations.integers(
    [targets.length],
    targets.map((target) => Math.max(0, target)),
  );
}

function sumOfCounted(values: Float32Array | Uint8Array, targets: Int32Array): number {
  let total = 0;
  for (const [row, target] of targets.entries()) if (isCounted(target)) total += values[row];
  return total;
}
