import { describe, expect, it } from 'vitest';
import program from '../../dist/context-model.wasm';
import { alphabetOf, createKernels } from '../../src/context-model/wasm/kernel-exports.ts';
import { BYTES_PER_SYMBOL, copyToWasm } from '../../src/context-model/wasm/wasm-text.ts';
import { listing } from './texts.ts';

describe('the hidden layer', () => {
  it('does not learn to say more of a row where what it says is beyond its bounds', async () => {
    const kernels = await createKernels(program);
    const symbols = alphabetOf(kernels).encode(listing);
    const text = copyToWasm(kernels, symbols);
    const table = kernels.createTable(0, 0);
    const mixer = kernels.createMixer();
    kernels.setRescoringRates(0.0003, 0.003);
    // The weights of the layer's output are the last ones. With these it gives all but silent rows far less than its
    // lower bound, so that only rows that came may still teach it, and they raise the weights.
    const values = (): Float32Array =>
      new Float32Array(
        kernels.memory.buffer,
        mixer,
        kernels.mixerBytes() / Float32Array.BYTES_PER_ELEMENT,
      ).subarray(-32);
    values().fill(-1_000);
    symbols.forEach((symbol, i) => {
      const address = text + i * BYTES_PER_SYMBOL;
      kernels.predict(mixer, table, table, address, text, kernels.FILE_START.value);
      kernels.learnWeights(symbol);
      kernels.learn(table, text, i, i + 1, kernels.FILE_START.value);
    });
    expect(Math.min(...values())).toBeGreaterThan(-1_000.001);
    expect(Math.max(...values())).toBeGreaterThan(-999.999);
  });
});
