// Written by scripts/build-kernels.mjs from the exports of src/engine/wasm/kernels/index.ts.
export interface Kernels {
  /** Exported memory */
  readonly memory: WebAssembly.Memory;
  /**
   * src/engine/wasm/kernels/index/dataStart
   * @returns `usize`
   */
  dataStart(): number;
  /**
   * src/engine/wasm/kernels/index/panelColumns
   * @returns `i32`
   */
  panelColumns(): number;
  /**
   * src/engine/wasm/kernels/index/vectorPanelColumns
   * @returns `i32`
   */
  vectorPanelColumns(): number;
  /**
   * src/engine/wasm/kernels/products/matrix-product/product
   * @param a `usize`
   * @param lda `i32`
   * @param panels `usize`
   * @param s `usize`
   * @param lds `i32`
   * @param c `usize`
   * @param ldc `i32`
   * @param rows `i32`
   * @param columns `i32`
   * @param depth `i32`
   */
  product(a: number, lda: number, panels: number, s: number, lds: number, c: number, ldc: number, rows: number, columns: number, depth: number): void;
  /**
   * src/engine/wasm/kernels/products/outer-products/addOuterProducts
   * @param a `usize`
   * @param lda `i32`
   * @param m `i32`
   * @param b `usize`
   * @param second `usize`
   * @param ldb `i32`
   * @param n `i32`
   * @param rows `i32`
   * @param sums `usize`
   * @param scratch `usize`
   */
  addOuterProducts(a: number, lda: number, m: number, b: number, second: number, ldb: number, n: number, rows: number, sums: number, scratch: number): void;
  /**
   * src/engine/wasm/kernels/products/outer-products/outerProductScratchFloats
   * @param n `i32`
   * @returns `i32`
   */
  outerProductScratchFloats(n: number): number;
  /**
   * src/engine/wasm/kernels/products/outer-products/outerProductSumFloats
   * @param m `i32`
   * @param n `i32`
   * @returns `i32`
   */
  outerProductSumFloats(m: number, n: number): number;
  /**
   * src/engine/wasm/kernels/products/outer-products/storeOuterProducts
   * @param sums `usize`
   * @param c `usize`
   * @param second `usize`
   * @param m `i32`
   * @param n `i32`
   */
  storeOuterProducts(sums: number, c: number, second: number, m: number, n: number): void;
  /**
   * src/engine/wasm/kernels/products/pack/packColumns
   * @param b `usize`
   * @param stride `i32`
   * @param panels `usize`
   * @param depth `i32`
   * @param columns `i32`
   */
  packColumns(b: number, stride: number, panels: number, depth: number, columns: number): void;
  /**
   * src/engine/wasm/kernels/products/pack/packRows
   * @param w `usize`
   * @param stride `i32`
   * @param panels `usize`
   * @param depth `i32`
   * @param columns `i32`
   */
  packRows(w: number, stride: number, panels: number, depth: number, columns: number): void;
  /**
   * src/engine/wasm/kernels/cells/lstm-gates/lstmForward
   * @param sums `usize`
   * @param gates `usize`
   * @param previousCell `usize`
   * @param cell `usize`
   * @param output `usize`
   * @param cellTanh `usize`
   * @param rows `i32`
   * @param units `i32`
   */
  lstmForward(sums: number, gates: number, previousCell: number, cell: number, output: number, cellTanh: number, rows: number, units: number): void;
  /**
   * src/engine/wasm/kernels/cells/lstm-gates/lstmBackward
   * @param gates `usize`
   * @param dSums `usize`
   * @param previousCell `usize`
   * @param cellTanh `usize`
   * @param dOutput `usize`
   * @param dRecurrent `usize`
   * @param dCell `usize`
   * @param rows `i32`
   * @param units `i32`
   */
  lstmBackward(gates: number, dSums: number, previousCell: number, cellTanh: number, dOutput: number, dRecurrent: number, dCell: number, rows: number, units: number): void;
  /**
   * src/engine/wasm/kernels/cells/gru-gates/gruForward
   * @param inputSums `usize`
   * @param stateSums `usize`
   * @param gates `usize`
   * @param previous `usize`
   * @param output `usize`
   * @param rows `i32`
   * @param units `i32`
   */
  gruForward(inputSums: number, stateSums: number, gates: number, previous: number, output: number, rows: number, units: number): void;
  /**
   * src/engine/wasm/kernels/cells/gru-gates/gruBackward
   * @param gates `usize`
   * @param dInputSums `usize`
   * @param dStateSums `usize`
   * @param previous `usize`
   * @param dOutput `usize`
   * @param dRecurrent `usize`
   * @param rows `i32`
   * @param units `i32`
   */
  gruBackward(gates: number, dInputSums: number, dStateSums: number, previous: number, dOutput: number, dRecurrent: number, rows: number, units: number): void;
  /**
   * src/engine/wasm/kernels/cells/rnn-gates/rnnForward
   * @param sums `usize`
   * @param output `usize`
   * @param n `i32`
   */
  rnnForward(sums: number, output: number, n: number): void;
  /**
   * src/engine/wasm/kernels/cells/rnn-gates/rnnBackward
   * @param output `usize`
   * @param dSums `usize`
   * @param dOutput `usize`
   * @param dRecurrent `usize`
   * @param n `i32`
   */
  rnnBackward(output: number, dSums: number, dOutput: number, dRecurrent: number, n: number): void;
  /**
   * src/engine/wasm/kernels/softmax-cross-entropy/crossEntropyAndGradient
   * @param logits `usize`
   * @param targets `usize`
   * @param rows `i32`
   * @param columns `i32`
   * @param scale `f32`
   * @returns `f64`
   */
  crossEntropyAndGradient(logits: number, targets: number, rows: number, columns: number, scale: number): number;
  /**
   * src/engine/wasm/kernels/softmax-cross-entropy/crossEntropyAndHits
   * @param logits `usize`
   * @param targets `usize`
   * @param rows `i32`
   * @param columns `i32`
   * @param hits `usize`
   * @returns `f64`
   */
  crossEntropyAndHits(logits: number, targets: number, rows: number, columns: number, hits: number): number;
  /**
   * src/engine/wasm/kernels/softmax-cross-entropy/logSumExp
   * @param logits `usize`
   * @param columns `i32`
   * @returns `f64`
   */
  logSumExp(logits: number, columns: number): number;
  /**
   * src/engine/wasm/kernels/logit-bias/addLogitBias
   * @param logits `usize`
   * @param columns `i32`
   * @param h `usize`
   * @param units `i32`
   * @param symbols `usize`
   * @param values `usize`
   * @param entries `i32`
   * @param weight `usize`
   * @param gate `usize`
   * @param rows `i32`
   */
  addLogitBias(logits: number, columns: number, h: number, units: number, symbols: number, values: number, entries: number, weight: number, gate: number, rows: number): void;
  /**
   * src/engine/wasm/kernels/logit-bias/logitBiasBackward
   * @param dLogits `usize`
   * @param columns `i32`
   * @param h `usize`
   * @param units `i32`
   * @param symbols `usize`
   * @param values `usize`
   * @param entries `i32`
   * @param gate `usize`
   * @param rows `i32`
   * @param dWeight `usize`
   * @param dGate `usize`
   * @param dOutput `usize`
   */
  logitBiasBackward(dLogits: number, columns: number, h: number, units: number, symbols: number, values: number, entries: number, gate: number, rows: number, dWeight: number, dGate: number, dOutput: number): void;
  /**
   * src/engine/wasm/kernels/optimizer/sumOfSquares
   * @param x `usize`
   * @param n `i32`
   * @returns `f64`
   */
  sumOfSquares(x: number, n: number): number;
  /**
   * src/engine/wasm/kernels/optimizer/adam
   * @param w `usize`
   * @param g `usize`
   * @param m `usize`
   * @param v `usize`
   * @param n `i32`
   * @param scale `f32`
   * @param beta1 `f32`
   * @param gain1 `f32`
   * @param beta2 `f32`
   * @param gain2 `f32`
   * @param stepSize `f32`
   * @param inverseRoot `f32`
   * @param epsilon `f32`
   */
  adam(w: number, g: number, m: number, v: number, n: number, scale: number, beta1: number, gain1: number, beta2: number, gain2: number, stepSize: number, inverseRoot: number, epsilon: number): void;
  /**
   * src/engine/wasm/kernels/optimizer/descendByRoot
   * @param w `usize`
   * @param g `usize`
   * @param v `usize`
   * @param n `i32`
   * @param scale `f32`
   * @param alpha `f32`
   * @param gain `f32`
   * @param rate `f32`
   * @param epsilon `f32`
   */
  descendByRoot(w: number, g: number, v: number, n: number, scale: number, alpha: number, gain: number, rate: number, epsilon: number): void;
  /**
   * src/engine/wasm/kernels/optimizer/descend
   * @param w `usize`
   * @param g `usize`
   * @param n `i32`
   * @param rate `f32`
   */
  descend(w: number, g: number, n: number, rate: number): void;
  /**
   * src/engine/wasm/kernels/elementwise/add
   * @param x `usize`
   * @param y `usize`
   * @param out `usize`
   * @param rows `i32`
   * @param n `i32`
   * @param stride `i32`
   */
  add(x: number, y: number, out: number, rows: number, n: number, stride: number): void;
  /**
   * src/engine/wasm/kernels/elementwise/multiply
   * @param x `usize`
   * @param y `usize`
   * @param out `usize`
   * @param n `i32`
   */
  multiply(x: number, y: number, out: number, n: number): void;
  /**
   * src/engine/wasm/kernels/elementwise/accumulate
   * @param x `usize`
   * @param y `usize`
   * @param n `i32`
   */
  accumulate(x: number, y: number, n: number): void;
  /**
   * src/engine/wasm/kernels/elementwise/addColumnSums
   * @param x `usize`
   * @param sums `usize`
   * @param rows `i32`
   * @param n `i32`
   */
  addColumnSums(x: number, sums: number, rows: number, n: number): void;
  /**
   * src/engine/wasm/kernels/elementwise/copy
   * @param from `usize`
   * @param to `usize`
   * @param n `i32`
   */
  copy(from: number, to: number, n: number): void;
  /**
   * src/engine/wasm/kernels/elementwise/clear
   * @param x `usize`
   * @param n `i32`
   */
  clear(x: number, n: number): void;
  /**
   * src/engine/wasm/kernels/gather/gatherRows
   * @param table `usize`
   * @param ids `usize`
   * @param out `usize`
   * @param count `i32`
   * @param n `i32`
   */
  gatherRows(table: number, ids: number, out: number, count: number, n: number): void;
  /**
   * src/engine/wasm/kernels/gather/scatterAddRows
   * @param x `usize`
   * @param ids `usize`
   * @param table `usize`
   * @param count `i32`
   * @param n `i32`
   */
  scatterAddRows(x: number, ids: number, table: number, count: number, n: number): void;
  /**
   * src/engine/wasm/kernels/cells/single-stream/lstmStep
   * @param symbols `usize`
   * @param count `i32`
   * @param table `usize`
   * @param weights `usize`
   * @param biases `usize`
   * @param h `usize`
   * @param c `usize`
   * @param outputs `usize`
   * @param sums `usize`
   * @param layers `i32`
   * @param units `i32`
   */
  lstmStep(symbols: number, count: number, table: number, weights: number, biases: number, h: number, c: number, outputs: number, sums: number, layers: number, units: number): void;
  /**
   * src/engine/wasm/kernels/cells/single-stream/vectorProduct
   * @param x `usize`
   * @param panels `usize`
   * @param start `usize`
   * @param out `usize`
   * @param depth `i32`
   * @param columns `i32`
   */
  vectorProduct(x: number, panels: number, start: number, out: number, depth: number, columns: number): void;
  /**
   * src/engine/wasm/kernels/products/outer-product/addOuterProduct
   * @param x `usize`
   * @param y `usize`
   * @param panels `usize`
   * @param depth `i32`
   * @param columns `i32`
   */
  addOuterProduct(x: number, y: number, panels: number, depth: number, columns: number): void;
}
