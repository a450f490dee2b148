// The kernels the engine calls. Pointers are byte offsets into the imported memory, 16-byte aligned; strides,
// counts and sizes are in floats. None of them allocates, and none keeps anything between calls.
export { product } from './matrix-product';
export { addOuterProducts, storeOuterProducts } from './outer-products';
export { packColumns, packRows } from './pack';
export { lstmForward, lstmBackward } from './lstm-gates';
export { gruForward, gruBackward } from './gru-gates';
export { rnnForward, rnnBackward } from './rnn-gates';
export { crossEntropyAndGradient, crossEntropyAndHits } from './softmax-cross-entropy';
export { addPrior, priorBackward } from './prior';
export { sumOfSquares, adam, descendByRoot, descend } from './optimizer';
export { add, multiply, accumulate, addColumnSums, copy, clear } from './elementwise';
export { gatherRows, scatterAddRows } from './gather';
export { lstmStep, vectorProduct } from './step';
export { addOuterProduct } from './adapt';

/** First byte that is free for data; below lie the module's own constants. */
export function dataStart(): usize {
  return __heap_base;
}
