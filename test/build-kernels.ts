import { buildEmbedded } from '../esbuild.config.mjs';

/** vitest's global set-up: the engine under test imports the compiled kernels. */
export default buildEmbedded;
