import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [
    {
      name: 'wasm-as-bytes-and-txt-as-text',
      enforce: 'pre',
      load(id) {
        if (id.endsWith('.txt')) return `export default ${JSON.stringify(readFileSync(id, 'utf8'))};`;
        if (!id.endsWith('.wasm')) return undefined;
        return `export default Uint8Array.from(Buffer.from('${readFileSync(id, 'base64')}', 'base64'));`;
      },
    },
  ],
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
