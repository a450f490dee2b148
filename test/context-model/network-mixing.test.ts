import { beforeAll, describe, expect, it } from 'vitest';
import program from '../../dist/context-model.wasm';
import { alphabetOf, createKernels, type Kernels } from '../../src/context-model/wasm/kernel-exports.ts';
import type { Alphabet } from '../../src/context-model/wasm/alphabet.ts';
import { copyToWasm } from '../../src/context-model/wasm/wasm-text.ts';
import { RandomGenerator } from '../../src/model/index.ts';
import { TwinNetworkMixing } from './twin/network-mixing.ts';

/** Vectors of four by case: those chosen by orders and sureness, then those chosen by kinds. */
const ORDER_CASES = 96;
const KIND_CASES = 84;
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

describe('a network mixed in', () => {
  it('is mixed, averaged with the counts and learnt from as plain code does it', () => {
    open(1);
    const weights = [0.7, 0.3, 0.2, 0.1];
    mixture().forEach((_, i, all) => (all[i] = i < ORDER_CASES * 4 ? weights[i % 4] : 0));
    const twin = new TwinNetworkMixing(weights);
    for (let round = 0; round < 40; round++) {
      const counts = predict(8);
      const expected = twin.join(counts, join());
      for (const [symbol, p] of results()) expect(p).toBeCloseTo(expected.get(symbol)!, 4);
      expect(kernels.rest()).toBeCloseTo(expected.get(undefined)!, 4);
      expect(results().size).toBe(expected.size - 1);
      const symbol = alphabet.idOf(NETWORK_SYMBOLS[round % NETWORK_SYMBOLS.length].codePointAt(0)!);
      kernels.learnJoint(symbol);
      twin.learn(symbol);
    }
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
});
