// The kernels the memory calls. Addresses are byte offsets into the module's own memory, which grows; texts are u16
// symbols, and a place is the address of the symbol to predict.
export { setKind, setCharacter } from './alphabet';
export { createTable, disposeTable } from './table';
export { learn, unlearn } from './learn';
export { rowOf } from './gather';
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
export { readAlong } from './read';
export { revision } from './revision';
export { writePrior } from './prior';
export { learnJoint } from './join';
export { resultCount, resultSymbols, resultProbabilities, rest } from './result';

export function allocate(bytes: usize): usize {
  return heap.alloc(bytes);
}

export function release(address: usize): void {
  heap.free(address);
}
