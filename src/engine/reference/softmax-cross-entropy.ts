export interface CrossEntropy {
  /** Sum over the counted rows, nats. */
  readonly loss: number;
  readonly count: number;
  /** Counted rows whose target has the largest logit. */
  readonly correct: number;
  /** [rows, V] gradient of the mean over the counted rows. */
  readonly dLogits: Float64Array;
}

/**
 * Softmax cross entropy of logits [rows, V]; rows with a negative target do not count. The maximum of a row is
 * subtracted before anything is exponentiated.
 */
export function crossEntropy(logits: Float64Array, targets: Int32Array, V: number): CrossEntropy {
  const dLogits = new Float64Array(logits.length);
  const count = targets.reduce((sum, target) => sum + (target >= 0 ? 1 : 0), 0);
  let loss = 0;
  let correct = 0;
  targets.forEach((target, row) => {
    if (target < 0) return;
    const values = logits.subarray(row * V, (row + 1) * V);
    const largest = Math.max(...values);
    const total = values.reduce((sum, value) => sum + Math.exp(value - largest), 0);
    loss += Math.log(total) - (values[target] - largest);
    if (values[target] === largest) correct++;
    for (let v = 0; v < V; v++) {
      const probability = Math.exp(values[v] - largest) / total;
      dLogits[row * V + v] = (probability - (v === target ? 1 : 0)) / count;
    }
  });
  return { loss, count, correct, dLogits };
}
