import { beforeAll, describe, expect, it } from 'vitest';
import { Examples } from '../../scripts/mixer/examples.ts';
import { RescoringGradient } from '../../scripts/mixer/rescoring-gradient.ts';
import program from '../../dist/context-model.wasm';
import { alphabetOf, createKernels, type Kernels } from '../../src/context-model/wasm/kernel-exports.ts';
import type { Alphabet } from '../../src/context-model/wasm/alphabet.ts';
import { copyToWasm } from '../../src/context-model/wasm/wasm-text.ts';
import { RandomGenerator } from '../../src/model/index.ts';
import { TwinNetworkMixing } from './twin/network-mixing.ts';

/** Vectors of four of the mixture by case: those chosen by orders and sureness, then those chosen by kinds. */
const ORDER_CASES = 96;
const KIND_CASES = 84;
const HIDDEN = 16;
const INPUTS = 8;
/** Vectors by set that the position chooses from: orders, kinds, sureness, the last character, and one always. */
const POSITION_SETS = [ORDER_CASES, KIND_CASES, 72, 128, 1];
const POSITIONS = POSITION_SETS.reduce((a, b) => a + b);
const CANDIDATES = 129;
const KNOWN = 'let a = b;\nlet c = d;\nlet e = a;\nfor a in c\n'.repeat(3);
const TYPED = 'let b = a;\nfor c in d\nlet f = e;\n';
/** Some that the counts propose and some that they do not. */
const NETWORK_SYMBOLS = [...'abcdef =;\nltxyzQ{é'];

let kernels: Kernels;
let alphabet: Alphabet;
let mixer: number;
let workspace: number;
let document: number;
let text: number;
let symbols: Uint16Array;
let logarithms: number;
let ids: number;
let random: RandomGenerator;

beforeAll(async () => {
  kernels = await createKernels(program);
  alphabet = alphabetOf(kernels);
});

const uniform = (largest: number): number => (random.nextUniform() * 2 - 1) * largest;
const floats = (address: number, count: number): Float32Array =>
  new Float32Array(kernels.memory.buffer, address, count);
const mixture = (): Float32Array => floats(kernels.networkWeights(mixer), kernels.networkWeightsCount());
const rescoring = (): Float32Array =>
  floats(kernels.networkRescoring(mixer), kernels.networkRescoringCount());

function open(seed: number): void {
  random = new RandomGenerator(seed);
  mixer = kernels.createMixer();
  workspace = kernels.createTable(0, 0);
  document = kernels.createTable(0, 0);
  const known = alphabet.encode(KNOWN);
  const address = copyToWasm(kernels, known);
  kernels.learn(workspace, address, 0, known.length, kernels.FILE_START.value);
  symbols = alphabet.encode(TYPED);
  text = copyToWasm(kernels, symbols);
  logarithms = kernels.allocate(NETWORK_SYMBOLS.length * 4);
  const powers = NETWORK_SYMBOLS.map(() => Math.exp(uniform(3)));
  const all = powers.reduce((a, b) => a + b);
  floats(logarithms, powers.length).set(powers.map((power) => Math.log(power / all)));
  ids = copyToWasm(
    kernels,
    Uint16Array.from(NETWORK_SYMBOLS, (symbol) => alphabet.idOf(symbol.codePointAt(0)!)),
  );
}

/** The counts' probabilities by symbol at a position, which is the kernels' last prediction then. */
function predict(position: number): Map<number, number> {
  kernels.predict(mixer, workspace, document, text + 2 * position, text, kernels.FILE_START.value);
  return results();
}

function results(): Map<number, number> {
  const count = kernels.resultCount();
  const found = new Uint32Array(kernels.memory.buffer, kernels.resultSymbols(), count);
  const probabilities = floats(kernels.resultProbabilities(), count);
  return new Map([...found].map((symbol, i) => [symbol, probabilities[i]]));
}

/** Mixes in what the network says. @returns its logarithms by symbol */
function join(): Map<number, number> {
  kernels.joinNetwork(logarithms, ids, NETWORK_SYMBOLS.length);
  const found = floats(logarithms, NETWORK_SYMBOLS.length);
  return new Map(NETWORK_SYMBOLS.map((symbol, i) => [alphabet.idOf(symbol.codePointAt(0)!), found[i]]));
}

const asciiOf = (symbol: number): number => Math.min(alphabet.codePoints[symbol], 127);

describe('a network mixed in', () => {
  it('is mixed, scored again, averaged and learnt from as plain code does it', () => {
    open(1);
    // All vectors of a set are the same, so that it does not matter which of them is chosen.
    mixture().forEach((_, i, all) => (all[i] = i < ORDER_CASES * 4 ? [0.7, 0.3, 0.2, 0.1][i % 4] : 0));
    rescoring().forEach((_, i, all) => (all[i] = uniform(0.3)));
    const vector = (index: number): number[] => [...rescoring().slice(index * HIDDEN, (index + 1) * HIDDEN)];
    const shared = vector(INPUTS);
    for (let i = 0; i < POSITIONS; i++) rescoring().set(shared, (INPUTS + i) * HIDDEN);
    const firstCandidate = INPUTS + POSITIONS;
    const weights = {
      mixture: [0.7, 0.3, 0.2, 0.1],
      inputs: Array.from({ length: INPUTS }, (_, i) => vector(i)),
      position: shared.map((x) => x * POSITION_SETS.length),
      candidates: new Map(Array.from({ length: CANDIDATES }, (_, i) => [i, vector(firstCandidate + i)])),
      output: vector(firstCandidate + CANDIDATES),
    };
    const position = 8;
    const twin = new TwinNetworkMixing(weights, asciiOf);
    const compare = (): void => {
      const counts = predict(position);
      const network = join();
      const expected = twin.join(counts, network);
      for (const [symbol, p] of results()) expect(p).toBeCloseTo(expected.get(symbol)!, 4);
      expect(kernels.rest()).toBeCloseTo(expected.get(undefined)!, 4);
      expect(results().size).toBe(expected.size - 1);
    };
    for (let round = 0; round < 20; round++) {
      compare();
      const symbol = alphabet.idOf(NETWORK_SYMBOLS[round % NETWORK_SYMBOLS.length].codePointAt(0)!);
      kernels.learnJoint(symbol);
      twin.learn(symbol);
    }
    const output = rescoring().slice(-HIDDEN);
    output.forEach((weight, i) => expect(weight).toBeCloseTo(weights.output[i], 4));
  });

  it('teaches one vector of each set', () => {
    open(2);
    const before = mixture().slice();
    predict(8);
    join();
    kernels.learnJoint(symbols[8]);
    const after = mixture();
    const moved = Array.from({ length: ORDER_CASES + KIND_CASES }, (_, i) => i).filter((i) =>
      [0, 1, 2, 3].some((x) => after[4 * i + x] !== before[4 * i + x]),
    );
    expect(moved).toHaveLength(2);
    expect(moved[0]).toBeLessThan(ORDER_CASES);
    expect(moved[1]).toBeGreaterThanOrEqual(ORDER_CASES);
  });

  it('teaches one vector of each set of the rescoring', () => {
    open(2);
    rescoring().forEach((_, i, all) => (all[i] = uniform(0.3)));
    const before = rescoring().slice();
    predict(8);
    join();
    kernels.learnJoint(symbols[8]);
    const after = rescoring();
    let first = INPUTS;
    for (const vectors of POSITION_SETS) {
      const moved = Array.from({ length: vectors }, (_, i) => (first + i) * HIDDEN).filter((at) =>
        after.subarray(at, at + HIDDEN).some((weight, unit) => weight !== before[at + unit]),
      );
      expect(moved).toHaveLength(1);
      first += vectors;
    }
  });

  it('is written as examples whose gradient the kernels follow', () => {
    open(6);
    const shape = { hidden: kernels.NETWORK_HIDDEN.value, positionSets: kernels.NETWORK_POSITION_SETS.value };
    // Rows follow one after the other, so that only small steps are in the direction of the gradient.
    const rate = 0.001;
    kernels.setNetworkRescoringRates(rate, rate);
    for (const position of [3, 8, 12, 17]) {
      rescoring().forEach((_, i, all) => (all[i] = uniform(0.3)));
      const before = rescoring().slice();
      predict(position);
      join();
      const examples = Examples.ofMixture(kernels);
      examples.add(symbols[position]);
      const gradient = new RescoringGradient(before, shape);
      gradient.add(examples.at(0));
      kernels.learnJoint(symbols[position]);
      let difference = 0;
      let size = 0;
      for (const [i, weight] of rescoring().entries()) {
        difference += ((weight - before[i]) / rate + gradient.sum[i]) ** 2;
        size += gradient.sum[i] ** 2;
      }
      // The kernels leave out rows with a small error, and examples round inputs.
      expect(size).toBeGreaterThan(0.01);
      expect(Math.sqrt(difference)).toBeLessThan(0.02 * Math.sqrt(size) + 0.02);
    }
    kernels.setNetworkRescoringRates(0.0003, 0.003);
  });

  it('is not scored again before anything was taught', () => {
    open(3);
    predict(8);
    join();
    const untaught = results();
    rescoring().fill(0);
    predict(8);
    join();
    expect(results()).toEqual(untaught);
  });

  it('is left as it was mixed where the rescoring has diverged', () => {
    open(4);
    predict(8);
    join();
    const untaught = results();
    rescoring().fill(NaN);
    predict(8);
    join();
    expect(results()).toEqual(untaught);
    kernels.learnJoint(symbols[8]);
    predict(8);
    expect([...results().values()].every(Number.isFinite)).toBe(true);
  });

  it('makes what comes more probable, whatever counts and network say', () => {
    open(5);
    const joined = (): Map<number, number> => {
      predict(8);
      join();
      return results();
    };
    const before = joined();
    const [symbol] = [...before].sort(([, a], [, b]) => a - b)[0];
    for (let i = 0; i < 100; i++) {
      joined();
      kernels.learnJoint(symbol);
    }
    expect(joined().get(symbol)).toBeGreaterThan(before.get(symbol)!);
    expect(
      rescoring()
        .slice(-HIDDEN)
        .some((weight) => weight !== 0),
    ).toBe(true);
  });
});
