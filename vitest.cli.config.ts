import { defineConfig } from 'vitest/config';

/** Tests of the built command line and its language server, dist/cli.js. */
export default defineConfig({
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
