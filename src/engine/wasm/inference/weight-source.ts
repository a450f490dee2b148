import type { NetworkSpecification, Tensors } from '../../../model/index.ts';
import { createArena } from '../arena.ts';
import type { Kernels } from '../kernels-interface.ts';
import { Allocator } from '../layout/memory-plan.ts';
import { ParameterLayout } from '../layout/parameter-layout.ts';
import { padded } from '../padding.ts';

/** A network's weights in padded rows, in a temporary memory that a new stepper copies them from. */
export class WeightSource {
  /** The memory's floats; offsets into it are those of `start`. */
  readonly floats: Float32Array;
  private readonly kernels: Kernels;
  private readonly specification: NetworkSpecification;
  private readonly layout: ParameterLayout;
  /** G·Hp. */
  private readonly width: number;
  private readonly offsets: {
    readonly weights: number;
    readonly bias: number;
    readonly panels: number;
    readonly table: number;
  };

  /** @param width G·Hp, floats of a row of gate sums. */
  constructor(
    module: WebAssembly.Module,
    specification: NetworkSpecification,
    weights: Tensors,
    width: number,
  ) {
    this.specification = specification;
    this.width = width;
    this.layout = new ParameterLayout(specification);
    const memory = new Allocator();
    this.offsets = {
      weights: memory.floats(this.layout.floats),
      bias: memory.floats(width),
      panels: memory.floats(padded(specification.embedding) * width),
      table: memory.floats(specification.vocabularySize * width),
    };
    const { kernels, floats } = createArena(module, memory.size, 'inference');
    this.kernels = kernels;
    this.floats = floats;
    const first = this.offsets.weights / 4;
    this.layout.storeWeights(weights, floats.subarray(first, first + this.layout.floats));
  }

  /** Index in `floats` of a parameter's first value. */
  start(name: string): number {
    return this.at(name) / 4;
  }

  /** `bias_ih` of a layer [G·Hp], or `bias_ih` + `bias_hh`. */
  inputBias(layer: number, isSum: boolean): Float32Array {
    const { kernels, width } = this;
    const [ofInput, ofState] = [this.at(`rnn.bias_ih_l${layer}`), this.at(`rnn.bias_hh_l${layer}`)];
    const { bias } = this.offsets;
    if (isSum) kernels.add(ofInput, ofState, bias, 1, width, width);
    else kernels.copy(ofInput, bias, width);
    return this.floats.slice(bias / 4, bias / 4 + width);
  }

  /** What each symbol adds to the gate sums of the first layer: embedding · W_ih_l0ᵀ + input bias, [V, G·Hp]. */
  inputTable(isSum: boolean): Float32Array {
    const { kernels, width } = this;
    const { vocabularySize: V, embedding } = this.specification;
    const { bias, panels, table } = this.offsets;
    this.inputBias(0, isSum);
    if (embedding === 0) {
      kernels.add(this.at('rnn.weight_ih_l0'), bias, table, V, width, width);
    } else {
      const E = padded(embedding);
      kernels.packRows(this.at('rnn.weight_ih_l0'), E, panels, E, width);
      kernels.product(this.at('embedding.weight'), E, panels, bias, 0, table, width, V, width, E);
    }
    return this.floats.subarray(table / 4, table / 4 + V * width);
  }

  /** Byte offset of a parameter. */
  private at(name: string): number {
    return this.offsets.weights + 4 * this.layout.offset(name);
  }
}
