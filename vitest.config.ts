import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { bundledFiles } from './test/bundled-files.ts';
import { LIMITS } from './test/waits.ts';

export default defineConfig({
  plugins: [bundledFiles],
  // The editor's own module exists only within it.
  resolve: { alias: { vscode: fileURLToPath(new URL('test/vscode-fake/index.ts', import.meta.url)) } },
  test: {
    globalSetup: ['test/build-kernels.ts', 'test/engine/tensorflow/announce.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**', 'test/cli/**', 'test/lsp/**', 'test/endurance/**', 'test/panel/page/**'],
    ...LIMITS,
  },
});
