import type { NetworkSpecification, Tensors } from '../../../model/index.ts';
import { checkLearn, checkLogits, decoderOf, outputIn } from '../../adaptive-output.ts';
import type { AdaptiveOutput } from '../../adaptive-output.ts';
import { createArena } from '../arena.ts';
import type { Arena } from '../arena.ts';
import { VECTOR_PANEL } from '../layout/kernel-constants.ts';
import { Allocator } from '../layout/memory-plan.ts';
import { padded, roundUp } from '../padding.ts';
import { IMPOSSIBLE_LOGIT } from '../layout/parameter-layout.ts';
import { transposeIntoPanels } from '../layout/vector-panels.ts';

/**
 * The memory of an adaptive output, from low to high addresses; Hp is H padded to 8, Vq is V padded to 32:
 *
 *     0               the kernels' constants
 *     DATA_START      Wᵀ [Hp, Vq], in panels of 32 columns, and b [Vq] behind it: what a snapshot holds
 *                     h [Hp] | logits [Vq], then their gradient | symbol i32
 */
function planOutput({ units: H, vocabularySize: V }: NetworkSpecification) {
  const units = padded(H);
  const outputs = roundUp(V, VECTOR_PANEL);
  const memory = new Allocator();
  const weights = memory.floats((units + 1) * outputs);
  const offsets = {
    weights,
    bias: weights + 4 * units * outputs,
    h: memory.floats(units),
    logits: memory.floats(outputs),
    symbol: memory.floats(1),
  };
  return { units, outputs, ...offsets, size: memory.size };
}

export class WasmAdaptiveOutput implements AdaptiveOutput {
  readonly specification: NetworkSpecification;
  private readonly plan: ReturnType<typeof planOutput>;
  private readonly original: Float32Array;
  /** The logits in the memory; kept, for a view costs more than what is read through it. */
  private readonly result: Float32Array;
  private numbers: Arena | undefined;

  constructor(module: WebAssembly.Module, specification: NetworkSpecification, weights: Tensors) {
    this.specification = specification;
    this.plan = planOutput(specification);
    const { weight, bias } = decoderOf(specification, weights);
    const { units, outputs } = this.plan;
    this.original = new Float32Array((units + 1) * outputs);
    const { vocabularySize: V, units: H } = specification;
    transposeIntoPanels(weight, 0, V, H, this.original, 0, units, 0);
    this.original.set(bias, units * outputs);
    this.numbers = createArena(module, this.plan.size, 'inference');
    this.result = this.numbers.floats.subarray(this.plan.logits / 4, this.plan.logits / 4 + V);
    this.reset();
  }

  logits(state: Float32Array, logits: Float32Array): void {
    const { kernels, floats } = this.arena;
    const { weights, bias, h, logits: at, units, outputs } = this.plan;
    checkLogits(this.specification, logits);
    floats.set(outputIn(this.specification, state), h / 4);
    kernels.vectorProduct(h, weights, bias, at, units, outputs);
    logits.set(this.result);
  }

  logSoftmax(logits: Float32Array): void {
    checkLogits(this.specification, logits);
    this.loadLogits(logits);
    const { logits: at, outputs } = this.plan;
    const shift = this.arena.kernels.logSumExp(at, outputs);
    for (let symbol = 0; symbol < logits.length; symbol++) logits[symbol] -= shift;
  }

  learn(state: Float32Array, logits: Float32Array, symbol: number, rate: number): number {
    const { kernels, floats, integers } = this.arena;
    const { weights, bias, h, logits: at, symbol: target, units, outputs } = this.plan;
    checkLearn(this.specification, logits, symbol, rate);
    floats.set(outputIn(this.specification, state), h / 4);
    this.loadLogits(logits);
    integers[target / 4] = symbol;
    const loss = kernels.crossEntropyAndGradient(at, target, 1, outputs, -rate);
    if (!Number.isFinite(loss)) return loss;
    kernels.addOuterProduct(h, at, weights, units, outputs);
    kernels.accumulate(bias, at, outputs);
    return loss;
  }

  reset(): void {
    this.learnt.set(this.original);
  }

  snapshot(): Float32Array {
    return this.learnt.slice();
  }

  restore(snapshot: Float32Array): void {
    const { learnt } = this;
    if (snapshot.length !== learnt.length) {
      throw new RangeError(`a snapshot of ${snapshot.length} values instead of ${learnt.length}`);
    }
    learnt.set(snapshot);
  }

  dispose(): void {
    this.numbers = undefined;
  }

  private loadLogits(logits: Float32Array): void {
    const { floats } = this.arena;
    const { logits: at, outputs } = this.plan;
    floats.set(logits, at / 4);
    floats.fill(IMPOSSIBLE_LOGIT, at / 4 + logits.length, at / 4 + outputs);
  }

  private get arena(): Arena {
    if (this.numbers === undefined) throw new Error('the output was disposed of');
    return this.numbers;
  }

  private get learnt(): Float32Array {
    const start = this.plan.weights / 4;
    return this.arena.floats.subarray(start, start + this.original.length);
  }
}
