import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildEmbedded } from '../esbuild.config.mjs';
import { bundle, runBundle } from '../scripts/bundles/program.ts';
import { ROOT } from '../scripts/repository.ts';

await buildEmbedded();
await bundle('bench/main.ts', 'out/bench.mjs');
if (existsSync(join(ROOT, 'bench/peers/tfjs-wasm/node_modules'))) {
  // Only the modules hold the gradients.
  await bundle('bench/peers/tfjs-wasm/peer.mjs', 'out/bench-tfjs-wasm.mjs', ['module', 'main']);
}
process.exitCode = runBundle('out/bench.mjs');
