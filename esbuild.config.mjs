import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import esbuild from 'esbuild';

const watch = process.argv.includes('--watch');
const root = fileURLToPath(new URL('.', import.meta.url));

const kernelSources = `${root}src/engine/wasm/kernels/`;
const kernels = `${root}dist/kernels.wasm`;

/** Compiles the kernels to dist/kernels.wasm, which the bundles carry as bytes, unless they are up to date. */
export async function buildKernels() {
  const sources = (await readdir(kernelSources)).map((name) => `${kernelSources}${name}`);
  const times = await Promise.all([...sources, fileURLToPath(import.meta.url)].map(modified));
  if ((await modified(kernels)) > Math.max(...times)) return;
  await mkdir(`${root}dist`, { recursive: true });
  // Renamed when whole: another build or test run may be reading the old one.
  const unfinished = `dist/kernels.${process.pid}.wasm`;
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd'];
  const { error, stderr } = await asc.main(
    [`${kernelSources}index.ts`, '--baseDir', root, '--outFile', unfinished, ...options],
    { reportDiagnostic: undefined },
  );
  if (error) throw new Error(`kernels: ${error.message}\n${stderr.toString()}`);
  await rename(`${root}${unfinished}`, kernels);
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
  loader: { '.wasm': 'binary' },
  logLevel: 'warning',
};

/** dist/: what VS Code and the command line load. CommonJS for VS Code; the command line is an ES module. */
const bundles = [
  {
    ...common,
    entryPoints: {
      extension: 'src/extension.ts',
      'training-process': 'src/training/process.ts',
      'suggestion-worker': 'src/completion/worker.ts',
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
