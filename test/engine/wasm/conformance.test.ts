import { createWasmEngine } from '../../../src/engine/wasm/index.ts';
import { describeConformance } from '../conformance.ts';

describeConformance('wasm', createWasmEngine);
