import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { buildEmbedded } from '../esbuild.config.mjs';

// Node cannot import the kernels' bytes by itself, so the benchmark is bundled as the product is, and then run.
const ROOT = fileURLToPath(new URL('..', import.meta.url));
await buildEmbedded();
await bundle('bench/main.ts', 'out/bench.mjs');
if (existsSync(`${ROOT}bench/peers/tfjs-wasm/node_modules`)) {
  // Only the modules hold the gradients.
  await bundle('bench/peers/tfjs-wasm/peer.mjs', 'out/bench-tfjs-wasm.mjs', ['module', 'main']);
}
const { status } = spawnSync(process.execPath, ['out/bench.mjs', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;

async function bundle(entry: string, outfile: string, mainFields?: string[]): Promise<void> {
  await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields,
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
    loader: { '.wasm': 'binary', '.txt': 'text' },
    logLevel: 'warning',
  });
}
