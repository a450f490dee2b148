import type { NetworkSpecification, Tensors } from '../../model/index.ts';
import { checkLearn, checkLogits, decoderOf, outputIn } from '../adaptive-output.ts';
import type { AdaptiveOutput } from '../adaptive-output.ts';
import { crossEntropy } from './softmax-cross-entropy.ts';

export class ReferenceAdaptiveOutput implements AdaptiveOutput {
  readonly specification: NetworkSpecification;
  /** W [V, H], then b [V]. */
  private readonly original: Float32Array;
  private learnt: Float32Array;

  constructor(specification: NetworkSpecification, weights: Tensors) {
    this.specification = specification;
    const { weight, bias } = decoderOf(specification, weights);
    this.original = Float32Array.of(...weight, ...bias);
    this.learnt = this.original.slice();
  }

  logits(state: Float32Array, logits: Float32Array): void {
    const { vocabularySize: V, units: H } = this.specification;
    checkLogits(this.specification, logits);
    const h = outputIn(this.specification, state);
    for (let v = 0; v < V; v++) {
      let sum = this.learnt[V * H + v];
      for (let k = 0; k < H; k++) sum += this.learnt[v * H + k] * h[k];
      logits[v] = sum;
    }
  }

  logSoftmax(logits: Float32Array): void {
    checkLogits(this.specification, logits);
    const largest = logits.reduce((max, logit) => Math.max(max, logit));
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
    logits.forEach((logit, v) => (logits[v] = logit - largest - Math.log(total)));
  }

  learn(state: Float32Array, logits: Float32Array, symbol: number, rate: number): number {
    const { vocabularySize: V, units: H } = this.specification;
    checkLearn(this.specification, logits, symbol, rate);
    const h = outputIn(this.specification, state);
    const { loss, dLogits } = crossEntropy(Float64Array.from(logits), Int32Array.of(symbol), V);
    if (!Number.isFinite(loss)) return loss;
    for (let v = 0; v < V; v++) {
      for (let k = 0; k < H; k++) this.learnt[v * H + k] -= rate * dLogits[v] * h[k];
      this.learnt[V * H + v] -= rate * dLogits[v];
    }
    return loss;
  }

  reset(): void {
    this.learnt = this.original.slice();
  }

  snapshot(): Float32Array {
    return this.learnt.slice();
  }

  restore(snapshot: Float32Array): void {
    if (snapshot.length !== this.learnt.length) {
      throw new RangeError(`a snapshot of ${snapshot.length} values instead of ${this.learnt.length}`);
    }
    this.learnt = snapshot.slice();
  }

  dispose(): void {
    this.learnt = new Float32Array();
  }
}
