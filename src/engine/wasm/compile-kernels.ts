import { setFlagsFromString } from 'node:v8';
import plain from '../../../dist/kernels.wasm';
import wide from '../../../dist/kernels-wide.wasm';

/** The two builds of kernels/: 128-bit SIMD; and fused multiply-add, which V8 can widen to 256 bits. */
export type KernelBuild = 'plain' | 'wide';

/**
 * V8's flags while the wide build is compiled. Its revectoriser makes 256-bit instructions of neighbouring 128-bit
 * ones, in the optimising compiler only, so that compiles everything at once. It is there on x64, but not in Node's
 * builds for macOS, which would say a line on standard error about a flag they do not know.
 */
const WIDE_FLAGS =
  process.arch === 'x64' && process.platform !== 'darwin' ? ['experimental-wasm-revectorize'] : [];
const EAGER_FLAGS = ['liftoff', 'wasm-lazy-compilation'];

const compiled = new Map<KernelBuild, WebAssembly.Module>();

/**
 * Compiles a build once per process, the wide one in some 60 ms. That changes V8's flags for the time, experimental
 * ones among them: only for a process of our own.
 * @throws WebAssembly.CompileError where the wide build's instructions are not known.
 */
export async function compileKernels(build: KernelBuild): Promise<WebAssembly.Module> {
  let module = compiled.get(build);
  if (module === undefined) {
    module = build === 'plain' ? await WebAssembly.compile(plain) : compileWide();
    compiled.set(build, module);
  }
  return module;
}

/** At once, not in the background: flags count while it happens. */
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
