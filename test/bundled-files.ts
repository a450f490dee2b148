import { readFileSync } from 'node:fs';
import type { Plugin } from 'vitest/config';

/** Loads modules that are no JavaScript as the bundler does: WebAssembly as its bytes, `.txt` as a text. */
export const bundledFiles: Plugin = {
  name: 'wasm-as-bytes-and-txt-as-text',
  enforce: 'pre',
  load(id) {
    if (id.endsWith('.txt')) return `export default ${JSON.stringify(readFileSync(id, 'utf8'))};`;
    if (!id.endsWith('.wasm')) return undefined;
    return `export default Uint8Array.from(Buffer.from('${readFileSync(id, 'base64')}', 'base64'));`;
  },
};
