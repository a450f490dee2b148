import { describe, expect, it } from 'vitest';
import program from '../../../dist/context-model.wasm';
import initialMixer from '../../../src/context-model/wasm/initial-mixer.txt';
import { alphabetOf, createKernels, type Kernels } from '../../../src/context-model/wasm/kernel-exports.ts';
import { decodeMixer, encodeMixer } from '../../../src/context-model/wasm/mixer-codec.ts';
import { BYTES_PER_SYMBOL, copyToWasm } from '../../../src/context-model/wasm/wasm-text.ts';
import { listing } from '../texts.ts';

const valuesOf = (kernels: Kernels, mixer: number) =>
  new Float32Array(kernels.memory.buffer, mixer, kernels.mixerBytes() / 4).slice();

describe('a mixer as text', () => {
  it('comes back as it was, but for rounding', async () => {
    const kernels = await createKernels(program);
    const symbols = alphabetOf(kernels).encode(listing);
    const table = kernels.createTable(0, 0);
    const text = copyToWasm(kernels, symbols);
    const mixer = kernels.createMixer();
    const untrained = valuesOf(kernels, mixer);
    symbols.forEach((symbol, i) => {
      kernels.predict(mixer, table, table, text + i * BYTES_PER_SYMBOL, text, kernels.FILE_START.value);
      kernels.learnWeights(symbol);
      kernels.learn(table, text, i, i + 1, kernels.FILE_START.value);
    });
    const learnt = valuesOf(kernels, mixer);
    const decoded = valuesOf(kernels, decodeMixer(kernels, encodeMixer(kernels, mixer)));
    expect(learnt).not.toEqual(untrained);
    learnt.forEach((value, i) => {
      const allowed = 0.004 * Math.abs(value - untrained[i]) + 1e-6;
      expect(Math.abs(decoded[i] - value)).toBeLessThanOrEqual(allowed);
    });
  });

  it('is shipped as these kernels have learnt it', async () => {
    const kernels = await createKernels(program);
    const shipped = valuesOf(kernels, decodeMixer(kernels, initialMixer));
    const untrained = valuesOf(kernels, kernels.createMixer());
    const changed = shipped.filter((value, i) => value !== untrained[i]).length;
    expect(changed).toBeGreaterThan(shipped.length / 20);
    expect(shipped.every(Number.isFinite)).toBe(true);
  });

  it('is left out where it is of other kernels', async () => {
    const kernels = await createKernels(program);
    const untrained = valuesOf(kernels, kernels.createMixer());
    expect(valuesOf(kernels, decodeMixer(kernels, 'eJxjYGBgAAAABAAB'))).toEqual(untrained);
  });
});
