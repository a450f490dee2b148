import { beforeAll, describe, expect, it } from 'vitest';
import program from '../../../dist/context-model.wasm';
import { Examples } from '../../../scripts/mixer/examples.ts';
import { RescoringGradient } from '../../../scripts/mixer/rescoring-gradient.ts';
import { teachRescoring } from '../../../scripts/mixer/teach-rescoring.ts';
import { alphabetOf, createKernels, type Kernels } from '../../../src/context-model/wasm/kernel-exports.ts';
import { BYTES_PER_SYMBOL, copyToWasm } from '../../../src/context-model/wasm/wasm-text.ts';
import { listing } from '../../context-model/texts.ts';

let kernels: Kernels;

beforeAll(async () => {
  kernels = await createKernels(program);
});

const shapeOf = () => ({ hidden: kernels.HIDDEN.value, positionSets: kernels.POSITION_SETS.value });

/** Weights that say something of every row: small numbers that look as if drawn at random. */
function someWeights(): Float32Array {
  return Float32Array.from({ length: kernels.rescoringCount() }, (_, i) => 0.1 * Math.sin(i * 12.9898));
}

function weightsOf(mixer: number): Float32Array {
  return new Float32Array(kernels.memory.buffer, kernels.rescoringWeights(mixer), kernels.rescoringCount());
}

/** Reads a text, and calls `onSymbol` behind each prediction, before it is learnt. */
function read(mixer: number, onSymbol: (symbol: number, index: number) => void): void {
  const symbols = alphabetOf(kernels).encode(listing);
  const text = copyToWasm(kernels, symbols);
  const table = kernels.createTable(0, 0);
  symbols.forEach((symbol, i) => {
    const address = text + i * BYTES_PER_SYMBOL;
    kernels.predict(mixer, table, table, address, text, kernels.FILE_START.value);
    onSymbol(symbol, i);
    kernels.learn(table, text, i, i + 1, kernels.FILE_START.value);
  });
}

describe('the gradient of the hidden layer', () => {
  it('is what the kernels follow', () => {
    const mixer = kernels.createMixer();
    weightsOf(mixer).set(someWeights());
    kernels.setRescoringRates(1, 1);
    let compared = 0;
    read(mixer, (symbol, i) => {
      if (i % 29 !== 28) return;
      const examples = Examples.ofContextModel(kernels);
      examples.add(symbol);
      const gradient = new RescoringGradient(someWeights(), shapeOf());
      gradient.add(examples.at(0));
      kernels.learnWeights(symbol);
      const learnt = weightsOf(mixer);
      const expected = someWeights();
      let difference = 0;
      let size = 0;
      for (const [k, weight] of learnt.entries()) {
        difference += (weight - expected[k] + gradient.sum[k]) ** 2;
        size += gradient.sum[k] ** 2;
      }
      // The kernels leave out rows with a small error, and examples round differences.
      expect(Math.sqrt(difference)).toBeLessThan(0.02 * Math.sqrt(size) + 0.02);
      compared += size > 0.01 ? 1 : 0;
      learnt.set(someWeights());
    });
    expect(compared).toBeGreaterThan(5);
  });

  it('is 0 for outputs beyond their bounds that the symbol that came would push further', () => {
    const mixer = kernels.createMixer();
    const examples = Examples.ofContextModel(kernels);
    read(mixer, (symbol) => examples.add(symbol));
    const weights = someWeights();
    const { hidden } = shapeOf();
    // All units that are not 0 say far less than the lower bound.
    weights.fill(-1_000, -hidden);
    const gradient = new RescoringGradient(weights, shapeOf());
    for (let i = 0; i < examples.count; i++) gradient.add(examples.at(i));
    // What is to be made small falls where the output's weights rise, and nowhere where they fall further.
    expect(Math.max(...gradient.sum.subarray(-hidden))).toBeLessThan(0.001);
    expect(Math.min(...gradient.sum.subarray(-hidden))).toBeLessThan(-0.001);
  });
});

describe('teaching the hidden layer', () => {
  it('makes what came more probable, the same each time', () => {
    const mixer = kernels.createMixer();
    const examples = Examples.ofContextModel(kernels);
    for (let time = 0; time < 4; time++) read(mixer, (symbol) => examples.add(symbol));
    const initial = weightsOf(mixer).slice();
    const lossOf = (weights: Float32Array): number => {
      const gradient = new RescoringGradient(weights, shapeOf());
      let loss = 0;
      for (let i = 0; i < examples.count; i++) loss += gradient.add(examples.at(i));
      return loss;
    };
    const taught = initial.slice();
    const reports: number[] = [];
    teachRescoring(examples, taught, shapeOf(), (loss) => reports.push(loss), 20);
    expect(lossOf(taught)).toBeLessThan(0.97 * lossOf(initial));
    expect(reports.every(Number.isFinite)).toBe(true);
    const again = initial.slice();
    teachRescoring(examples, again, shapeOf(), () => undefined, 20);
    expect(again).toEqual(taught);
  });
});
