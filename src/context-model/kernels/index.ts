// The kernels the memory calls. Addresses are byte offsets into the module's own memory, which grows; texts are u16
// symbols, and a place is the address of the symbol to predict.
export { setKind, setCharacter } from './alphabet';
export { createTable, disposeTable } from './count-table';
export { learn, unlearn } from './update-counts';
export { rowOf } from './candidates';
export {
  createMixer,
  copyMixer,
  disposeMixer,
  mixerBytes,
  setRates,
  predict,
  learnWeights,
  showPrediction,
  joinNetwork,
  rowProbabilities,
} from './mixer';
export { readAlong } from './predict-and-update';
export { revision } from './prediction-epoch';
export { writePrior } from './prior';
export { learnJoint } from './network-mixer';
export { resultCount, resultSymbols, resultProbabilities, rest } from './result';

export function allocate(bytes: usize): usize {
  return heap.alloc(bytes);
}

export function release(address: usize): void {
  heap.free(address);
}
