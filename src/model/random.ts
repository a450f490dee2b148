/** Four unsigned 32-bit integers; plain data, so that it can be stored in a model file. */
export type RandomState = readonly [number, number, number, number];

/** The one seeded generator behind everything random: xoshiro128** (Blackman and Vigna, 2018), seeded by splitmix32. */
export class RandomGenerator {
  constructor(_seed: number) {
    throw new Error('in progress');
  }

  static fromState(_state: RandomState): RandomGenerator {
    throw new Error('in progress');
  }

  /** A snapshot from which `fromState` goes on exactly. */
  get state(): RandomState {
    throw new Error('in progress');
  }

  /** An unsigned 32-bit integer. */
  nextUint32(): number {
    throw new Error('in progress');
  }

  /** Uniform in [0, 1) with 53 bits. */
  nextUniform(): number {
    throw new Error('in progress');
  }

  /** Standard normal. */
  nextNormal(): number {
    throw new Error('in progress');
  }
}
