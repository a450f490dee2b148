import type { NetworkSpecification, Tensors } from '../../../model/index.ts';
import { biasScaleOf } from '../../bias-scale.ts';
import type { Stepper } from '../../engine.ts';
import { checkFeed } from '../../feed.ts';
import { createArena } from '../arena.ts';
import type { Arena } from '../arena.ts';
import { transposeIntoPanels } from '../layout/vector-panels.ts';
import type { WeightSource } from './weight-source.ts';

/** What every stepper has in its memory: byte offsets and padded sizes. */
export interface StepperPlan {
  /** Hp: units padded to 8. */
  readonly units: number;
  /** Vq: symbols padded to 32. */
  readonly outputs: number;
  /** Wᵀ [Hp, Vq] in panels of 32 columns, and its bias [Vq]. */
  readonly decoder: number;
  readonly decoderBias: number;
  /** h, then c for an LSTM, each [L, Hp]. */
  readonly states: readonly number[];
  /** [Vq]. */
  readonly logits: number;
  /** Bytes of the memory. */
  readonly size: number;
}

/** A network that reads one stream; what its cell computes is up to the subclass. */
export abstract class WasmStepper<Plan extends StepperPlan> implements Stepper {
  readonly specification: NetworkSpecification;
  readonly stateSize: number;
  readonly biasScale: Stepper['biasScale'];
  protected readonly plan: Plan;
  /** Views of the memory, kept because a view costs more than what is read through it. */
  private readonly stateParts: readonly StatePart[];
  private readonly logits: Float32Array;
  private numbers: Arena | undefined;

  constructor(module: WebAssembly.Module, specification: NetworkSpecification, weights: Tensors, plan: Plan) {
    this.specification = specification;
    this.stateSize = plan.states.length * specification.layers * specification.units;
    this.biasScale = biasScaleOf(specification, weights);
    this.plan = plan;
    this.numbers = createArena(module, plan.size, 'inference');
    const { floats } = this.numbers;
    this.stateParts = statePartsOf(plan, specification, floats);
    this.logits = floats.subarray(plan.logits / 4, plan.logits / 4 + specification.vocabularySize);
  }

  feed(symbols: ArrayLike<number>, state: Float32Array, logits?: Float32Array): void {
    checkFeed(this, symbols, state, logits);
    const { kernels } = this.arena;
    const { states, units, outputs, decoder, decoderBias, logits: result } = this.plan;
    this.loadState(state);
    this.advance(symbols);
    this.storeState(state);
    if (!logits) return;
    const top = states[0] + 4 * (this.specification.layers - 1) * units;
    kernels.vectorProduct(top, decoder, decoderBias, result, units, outputs);
    logits.set(this.logits);
  }

  dispose(): void {
    this.numbers = undefined;
  }

  protected get arena(): Arena {
    if (this.numbers === undefined) throw new Error('the stepper was disposed of');
    return this.numbers;
  }

  /** Reads symbols from the stored state, and leaves the state after them there. */
  protected abstract advance(symbols: ArrayLike<number>): void;

  protected loadDecoder(source: WeightSource): void {
    const { vocabularySize: V } = this.specification;
    const { units, decoder, decoderBias } = this.plan;
    const { floats } = this.arena;
    const rows = source.start('decoder.weight');
    transposeIntoPanels(source.floats, rows, V, units, floats, decoder / 4, units, 0);
    const bias = source.start('decoder.bias');
    floats.set(source.floats.subarray(bias, bias + V), decoderBias / 4);
  }

  private loadState(state: Float32Array): void {
    for (const { numbers, start } of this.stateParts) {
      numbers.set(state.subarray(start, start + numbers.length));
    }
  }

  private storeState(state: Float32Array): void {
    for (const { numbers, start } of this.stateParts) state.set(numbers, start);
  }
}

/** Numbers of a state that stand side by side in the memory, too, and where they begin in the state. */
interface StatePart {
  readonly numbers: Float32Array;
  readonly start: number;
}

/** A region of the memory is one part unless its rows are padded. */
function statePartsOf(
  { states, units: paddedUnits }: StepperPlan,
  { layers, units }: NetworkSpecification,
  floats: Float32Array,
): readonly StatePart[] {
  const [rows, length] = units === paddedUnits ? [1, layers * units] : [layers, units];
  return states.flatMap((region, index) =>
    Array.from({ length: rows }, (_, row) => {
      const first = region / 4 + row * paddedUnits;
      return { numbers: floats.subarray(first, first + length), start: (index * rows + row) * length };
    }),
  );
}
