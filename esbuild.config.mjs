import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import esbuild from 'esbuild';

const watch = process.argv.includes('--watch');
const root = fileURLToPath(new URL('.', import.meta.url));

/** Compiles the kernels to dist/kernels.wasm, which the bundles carry as bytes. */
export async function buildKernels() {
  await mkdir(`${root}dist`, { recursive: true });
  const { error, stderr } = await asc.main(
    [
      'src/engine/wasm/kernels/index.ts',
      '--outFile',
      'dist/kernels.wasm',
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--importMemory',
      '--enable',
      'simd',
    ],
    { reportDiagnostic: undefined },
  );
  if (error) throw new Error(`kernels: ${error.message}\n${stderr.toString()}`);
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
