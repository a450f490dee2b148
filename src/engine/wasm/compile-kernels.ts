import { setFlagsFromString } from 'node:v8';
import plain from '../../../dist/kernels.wasm';
import wide from '../../../dist/kernels-wide.wasm';

/** The two builds of kernels/: `plain` is 128-bit SIMD; `wide` has fused multiply-add, and V8 can widen it to 256 bits. */
export type KernelBuild = 'plain' | 'wide';

/**
 * V8's flags while the wide build is compiled. The revectoriser joins neighbouring 128-bit instructions to 256-bit ones.
 * It is part of the optimising compiler, so everything is compiled by that one at once. It exists on x64, but not in
 * Node's builds for macOS, which would print a warning about an unknown flag.
 */
const WIDE_FLAGS =
  process.arch === 'x64' && process.platform !== 'darwin' ? ['experimental-wasm-revectorize'] : [];
const EAGER_FLAGS = ['liftoff', 'wasm-lazy-compilation'];

const compiled = new Map<KernelBuild, WebAssembly.Module>();

/**
 * Compiles a build once per process; the wide one takes about 60 ms and changes V8's flags meanwhile, experimental ones
 * among them, so it is only for a process of our own.
 * @throws WebAssembly.CompileError if the wide build's instructions are not supported.
 */
export async function compileKernels(build: KernelBuild): Promise<WebAssembly.Module> {
  let module = compiled.get(build);
  if (module === undefined) {
    module = build === 'plain' ? await WebAssembly.compile(plain) : compileWide();
    compiled.set(build, module);
  }
  return module;
}

/** Compiles synchronously, because the flags must be set during all of it. */
function compileWide(): WebAssembly.Module {
  if (!WebAssembly.validate(wide)) throw new WebAssembly.CompileError('relaxed SIMD is not known here');
  for (const flag of WIDE_FLAGS) setFlagsFromString(`--${flag}`);
  for (const flag of EAGER_FLAGS) setFlagsFromString(`--no-${flag}`);
  try {
    return new WebAssembly.Module(wide);
  } finally {
    for (const flag of WIDE_FLAGS) setFlagsFromString(`--no-${flag}`);
    for (const flag of EAGER_FLAGS) setFlagsFromString(`--${flag}`);
  }
}
