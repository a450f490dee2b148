import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { bundledFiles } from './test/bundled-files.ts';

export default defineConfig({
  plugins: [bundledFiles],
  // The editor's own module exists only within it.
  resolve: { alias: { vscode: fileURLToPath(new URL('test/vscode-fake.ts', import.meta.url)) } },
  test: {
    globalSetup: ['test/build-kernels.ts', 'test/engine/tensorflow/announce.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**', 'test/cli/**', 'test/lsp/**', 'test/endurance/**', 'test/panel/page/**'],
    // Ends tests that hang. Nothing may depend on how fast the machine is, so this is far more than any test takes.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
