/** Four unsigned 32-bit integers; plain data, so that it can be stored in a model file. */
export type RandomState = readonly [number, number, number, number];

/**
 * The one seeded generator behind everything random: xoshiro128** (Blackman and Vigna, 2018), seeded by splitmix32.
 * Integer arithmetic and correctly rounded operations alone reach the output, so a seed gives the same bits on
 * every machine.
 */
export class RandomGenerator {
  private s0 = 0;
  private s1 = 0;
  private s2 = 0;
  private s3 = 0;

  /** @param seed an integer, taken modulo 2³². */
  constructor(seed: number) {
    const next = splitmix32(seed);
    // Never all zero, which would be a fixed point: splitmix32 is a bijection of a counter that moves on.
    this.s0 = next();
    this.s1 = next();
    this.s2 = next();
    this.s3 = next();
  }

  /** @throws Error when it is not four unsigned 32-bit integers, or all are zero. */
  static fromState(state: RandomState): RandomGenerator {
    if (!isRandomState(state)) throw new Error('not the state of a random generator');
    const generator = new RandomGenerator(0);
    [generator.s0, generator.s1, generator.s2, generator.s3] = state;
    return generator;
  }

  /** A snapshot from which `fromState` goes on exactly. */
  get state(): RandomState {
    return [this.s0, this.s1, this.s2, this.s3];
  }

  /** An unsigned 32-bit integer. */
  nextUint32(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.s1, 5), 7), 9) >>> 0;
    const shifted = this.s1 << 9;
    const s2 = this.s2 ^ this.s0;
    const s3 = this.s3 ^ this.s1;
    this.s1 = (this.s1 ^ s2) >>> 0;
    this.s0 = (this.s0 ^ s3) >>> 0;
    this.s2 = (s2 ^ shifted) >>> 0;
    this.s3 = rotateLeft(s3, 11) >>> 0;
    return result;
  }

  /** Uniform in [0, 1) with 53 bits. */
  nextUniform(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /**
   * Standard normal, by the ratio of uniforms (Kinderman and Monahan, 1977). The logarithm, whose last bit may
   * differ between machines, only decides what is accepted; the value itself is one division.
   */
  nextNormal(): number {
    for (;;) {
      const u = 1 - this.nextUniform();
      const v = (2 * this.nextUniform() - 1) * RATIO_BOUND;
      const x = v / u;
      if (x * x <= -4 * Math.log(u)) return x;
    }
  }
}

/** √(2/e), the half-width of the rectangle the ratio of uniforms is drawn from. */
const RATIO_BOUND = 0.8577638849607068;

export function isRandomState(value: unknown): value is RandomState {
  return (
    Array.isArray(value) &&
    value.length === 4 &&
    value.every((word) => typeof word === 'number' && word >>> 0 === word) &&
    value.some((word) => word !== 0)
  );
}

function rotateLeft(x: number, count: number): number {
  return (x << count) | (x >>> (32 - count));
}

/** A Weyl sequence through the finaliser of MurmurHash3, as 32-bit sibling of SplitMix64 (Steele et al., 2014). */
function splitmix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}
