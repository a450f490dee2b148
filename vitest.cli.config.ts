import { defineConfig } from 'vitest/config';
import { bundledFiles } from './test/bundled-files.ts';
import { LIMITS } from './test/waits.ts';

/** Tests of the built command line and its language server, dist/cli.js. */
export default defineConfig({
  plugins: [bundledFiles],
  test: {
    globalSetup: ['test/cli/build.ts'],
    include: ['test/{cli,lsp}/**/*.test.ts'],
    ...LIMITS,
    // Without TensorFlow, "auto" is the wasm engine at once, whatever else this machine has.
    env: { CHAR_RNN_TENSORFLOW: 'none' },
  },
});
