// The kernels the engine calls. Pointers are byte offsets into the imported memory, 16-byte aligned; strides,
// counts and sizes are in floats. None of them allocates, and none keeps anything between calls.
import { STEP_BYTES } from './cells/single-stream';
import { PANEL } from './simd-width';

export { product } from './products/matrix-product';
export {
  addOuterProducts,
  outerProductScratchFloats,
  outerProductSumFloats,
  storeOuterProducts,
} from './products/outer-products';
export { packColumns, packRows } from './products/pack';
export { lstmForward, lstmBackward } from './cells/lstm-gates';
export { gruForward, gruBackward } from './cells/gru-gates';
export { rnnForward, rnnBackward } from './cells/rnn-gates';
export { crossEntropyAndGradient, crossEntropyAndHits, logSumExp } from './softmax-cross-entropy';
export { addLogitBias, logitBiasBackward } from './logit-bias';
export { sumOfSquares, adam, descendByRoot, descend } from './optimizer';
export { add, multiply, accumulate, addColumnSums, copy, clear } from './elementwise';
export { gatherRows, scatterAddRows } from './gather';
export { lstmStep, vectorProduct } from './cells/single-stream';
export { addOuterProduct } from './products/outer-product';

/** First byte that is free for data; the module's own constants lie below it. */
export function dataStart(): usize {
  return __heap_base;
}

/** Columns of a full panel of `product`. */
export function panelColumns(): i32 {
  return PANEL;
}

/** Columns of a panel of `vectorProduct`, `lstmStep` and `addOuterProduct`. */
export function vectorPanelColumns(): i32 {
  return <i32>(STEP_BYTES >> 2);
}
