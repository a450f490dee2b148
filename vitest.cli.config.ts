import { defineConfig } from 'vitest/config';
import { bundledFiles } from './test/bundled-files.ts';

/** Tests of the built command line and its language server, dist/cli.js. */
export default defineConfig({
  plugins: [bundledFiles],
  test: {
    globalSetup: ['test/cli/build.ts'],
    include: ['test/{cli,lsp}/**/*.test.ts'],
    // Ends tests that hang; see vitest.config.ts.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Without TensorFlow, "auto" is the wasm engine at once, whatever else this machine has.
    env: { CHAR_RNN_TENSORFLOW: 'none' },
  },
});
