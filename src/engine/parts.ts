/** The parts of this room that bench/ measures by themselves. The program imports `index.ts` only. */
export { createReferenceEngine } from './reference/index.ts';
export { createTensorFlowEngine, findTensorFlow, threadsFor } from './tensorflow/index.ts';
export { createWasmEngine, defaultThreads } from './wasm/index.ts';
