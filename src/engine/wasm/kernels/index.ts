// The kernels the engine calls. Pointers are byte offsets into the imported memory, 16-byte aligned; strides,
// counts and sizes are in floats. None of them allocates, and none keeps anything between calls.
export { product } from './products/matrix-product';
export { addOuterProducts, storeOuterProducts } from './products/outer-products';
export { packColumns, packRows } from './products/pack';
export { lstmForward, lstmBackward } from './cells/lstm-gates';
export { gruForward, gruBackward } from './cells/gru-gates';
export { rnnForward, rnnBackward } from './cells/rnn-gates';
export { crossEntropyAndGradient, crossEntropyAndHits } from './softmax-cross-entropy';
export { addLogitBias, logitBiasBackward } from './logit-bias';
export { sumOfSquares, adam, descendByRoot, descend } from './optimizer';
export { add, multiply, accumulate, addColumnSums, copy, clear } from './elementwise';
export { gatherRows, scatterAddRows } from './gather';
export { lstmStep, vectorProduct } from './cells/single-stream';
export { addOuterProduct } from './products/outer-product';

/** First byte that is free for data; below lie the module's own constants. */
export function dataStart(): usize {
  return __heap_base;
}
