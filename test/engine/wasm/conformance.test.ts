import { afterEach } from 'vitest';
import type { InspectableEngine } from '../../../src/engine/engine.ts';
import type { TrainableNetwork } from '../../../src/engine/index.ts';
import { createWasmEngine } from '../../../src/engine/wasm/index.ts';
import type { WasmEngineOptions } from '../../../src/engine/wasm/index.ts';
import { describeConformance } from '../conformance.ts';

const networks: TrainableNetwork[] = [];
afterEach(() => {
  for (const network of networks.splice(0)) network.dispose();
});

/** The engine, whose networks and their threads end with the test. */
async function create(options: WasmEngineOptions): Promise<InspectableEngine> {
  const engine = await createWasmEngine(options);
  return {
    ...engine,
    createNetwork: async (...args) => {
      const network = await engine.createNetwork(...args);
      networks.push(network);
      return network;
    },
  };
}

for (const kernels of ['plain', 'wide'] as const) {
  for (const threads of [1, 2, 3]) {
    describeConformance(`wasm (${kernels}, ${threads} threads)`, () => create({ kernels, threads }));
  }
}
