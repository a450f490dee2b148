import { describe, expect, it } from 'vitest';
import program from '../../../dist/context-model.wasm';
import { checkConstants, createKernels } from '../../../src/context-model/wasm/kernel-exports.ts';

describe('the constants of the kernels', () => {
  it('are those of the code that loads them', async () => {
    const kernels = await createKernels(program);
    expect(() => checkConstants(kernels)).not.toThrow();
    expect(() => checkConstants({ ...kernels, WINDOW: { value: 255 } })).toThrow('WINDOW = 255, not 256');
  });
});
