import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { buildKernels } from '../esbuild.config.mjs';

// Node cannot import the kernels' bytes by itself, so the benchmark is bundled as the product is, and then run.
const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = `${root}out/bench.mjs`;
await buildKernels();
await esbuild.build({
  absWorkingDir: root,
  entryPoints: ['bench/main.ts'],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  target: 'node20',
  loader: { '.wasm': 'binary', '.txt': 'text' },
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, [bundle, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
