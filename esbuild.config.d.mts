/** Compiles the kernels to dist/kernels.wasm, which the bundles carry as bytes, unless they are up to date. */
export function buildKernels(): Promise<void>;
