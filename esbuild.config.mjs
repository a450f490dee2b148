import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import esbuild from 'esbuild';

const watch = process.argv.includes('--watch');
const root = fileURLToPath(new URL('.', import.meta.url));

const engineKernels = {
  sources: `${root}src/engine/wasm/kernels/`,
  // A memory of its own size is made for each network, up to 2 GiB.
  options: [
    '--runtime',
    'stub',
    '--importMemory',
    '--sharedMemory',
    '--initialMemory',
    '1',
    '--maximumMemory',
    '32768',
  ],
};
/** What is compiled of AssemblyScript: the engine's in two builds (src/engine/wasm/compile-kernels.ts), the memory's. */
const kernelBuilds = [
  { ...engineKernels, name: 'kernels.wasm', features: ['simd', 'threads'] },
  { ...engineKernels, name: 'kernels-wide.wasm', features: ['simd', 'relaxed-simd', 'threads'] },
  {
    name: 'memory.wasm',
    sources: `${root}src/context-model/kernels/`,
    options: ['--runtime', 'minimal'],
    features: ['simd'],
  },
];

/** Compiles to dist/ what the bundles carry inside: the kernels and the source of the engine's threads. */
export async function buildKernels() {
  await mkdir(`${root}dist`, { recursive: true });
  await Promise.all(kernelBuilds.map(buildKernel));
  await Promise.all(Object.entries(threads).map(buildThread));
}

/** The kernels as bytes, unless they are up to date. */
async function buildKernel({ name, sources, options, features }) {
  const files = (await readdir(sources)).map((file) => `${sources}${file}`);
  const times = await Promise.all([...files, fileURLToPath(import.meta.url)].map(modified));
  if ((await modified(`${root}dist/${name}`)) > Math.max(...times)) return;
  // Renamed when whole: another build or test run may be reading the old one.
  const unfinished = `dist/${name}.${process.pid}`;
  const { error, stderr } = await asc.main(
    [
      `${sources}index.ts`,
      ...['--baseDir', root, '--outFile', unfinished],
      ...['-O3', '--noAssert'],
      ...options,
      ...features.flatMap((feature) => ['--enable', feature]),
    ],
    { reportDiagnostic: undefined },
  );
  if (error) throw new Error(`kernels: ${error.message}\n${stderr.toString()}`);
  await rename(`${root}${unfinished}`, `${root}dist/${name}`);
}

/** Threads by the name of their program in dist/. */
const threads = {
  'engine-thread.txt': 'src/engine/wasm/training/thread.ts',
  'prior-thread.txt': 'src/training/data/priors/thread.ts',
};

/** The program of a thread as text, which needs no place of its own to be found at. */
async function buildThread([name, source]) {
  const unfinished = `dist/${name}.${process.pid}`;
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [source],
    outfile: unfinished,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    loader: { '.wasm': 'binary' },
    logLevel: 'warning',
  });
  await rename(`${root}${unfinished}`, `${root}dist/${name}`);
}

/** Milliseconds since 1970; 0 where there is no file. */
async function modified(path) {
  return (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
}

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: !watch,
  sourcemap: watch ? 'linked' : false,
  legalComments: 'none',
  loader: { '.wasm': 'binary', '.txt': 'text' },
  logLevel: 'warning',
};

/** dist/: what VS Code and the command line load. CommonJS for VS Code; the command line is an ES module. */
const bundles = [
  {
    ...common,
    entryPoints: {
      extension: 'src/extension.ts',
      'training-process': 'src/training/process/training-process.ts',
      'suggestion-worker': 'src/completion/worker/worker.ts',
    },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    external: ['vscode'],
  },
  {
    ...common,
    entryPoints: { cli: 'src/cli/index.ts' },
    outdir: 'dist',
    format: 'esm',
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  },
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildKernels();
  if (watch) {
    for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
    console.log('watching src/ (restart after a change to the kernels)');
  } else {
    await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
  }
}
