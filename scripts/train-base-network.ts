/**
 * node scripts/train-base-network.ts [--out FILE] [--cache DIR] [--packages N] [--steps N]: fetches the packages of
 * base-network/packages.json with npm, pip, go, cargo and mvn, which must be there, and trains the network that ships with
 * the extension on their source files: the same bits each time, in some hours. It goes on from where it was stopped.
 * With fewer packages of each registry, or fewer steps, it does the same in minutes, to try that all of it works.
 */
import { buildEmbedded } from '../esbuild.config.mjs';
import { bundle, runBundle } from './bundles/program.ts';

await buildEmbedded();
await bundle('scripts/base-network/main.ts', 'out/train-base-network.mjs');
process.exitCode = runBundle('out/train-base-network.mjs');
