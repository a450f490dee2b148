import type { NetworkSpecification, RandomGenerator } from '../../model/index.ts';

/**
 * Draws a mask [T, B, H] for each boundary between layers, holding 0 with probability p and 1/(1-p) else
 * ("inverted dropout": Srivastava et al., 2014, scaled while training so that evaluation needs nothing).
 * Undefined where nothing is dropped. The arrays are used again by the next call.
 */
export class DropoutMasks {
  private readonly buffers: readonly Float32Array[];
  private readonly valuesPerSymbol: number;
  private readonly keptValue: number;
  /** A uniform 32-bit integer below this drops the value. */
  private readonly threshold: number;

  constructor(specification: NetworkSpecification, batchSize: number, sequenceLength: number) {
    const { dropout, layers, units } = specification;
    this.valuesPerSymbol = batchSize * units;
    this.keptValue = 1 / (1 - dropout);
    this.threshold = dropout * 2 ** 32;
    const boundaries = dropout > 0 ? layers - 1 : 0;
    this.buffers = Array.from(
      { length: boundaries },
      () => new Float32Array(sequenceLength * this.valuesPerSymbol),
    );
  }

  draw(sequenceLength: number, random: RandomGenerator): readonly Float32Array[] | undefined {
    if (this.buffers.length === 0) return undefined;
    return this.buffers.map((buffer) => {
      const mask = buffer.subarray(0, sequenceLength * this.valuesPerSymbol);
      for (let i = 0; i < mask.length; i++) {
        mask[i] = random.nextUint32() < this.threshold ? 0 : this.keptValue;
      }
      return mask;
    });
  }
}
