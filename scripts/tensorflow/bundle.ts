import { join } from 'node:path';
import { build } from 'esbuild';
import { BINDING_FILE, MODULE_FILE } from '../../src/engine/tensorflow/runtime/locate.ts';

/**
 * Writes tfjs-node and all it imports, some 300 MB of packages, into `folder` as one file of 2.5 MB that finds its
 * binding in `folder`.
 */
export async function bundleTfjsNode(tfjsNode: string, folder: string): Promise<void> {
  const findsBinding = `exports.find = () => require('path').join(__dirname, ${JSON.stringify(BINDING_FILE)});`;
  await build({
    entryPoints: [join(tfjsNode, 'dist', 'index.js')],
    outfile: join(folder, MODULE_FILE),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['main'],
    minify: true,
    legalComments: 'eof',
    logLevel: 'warning',
    plugins: [
      {
        name: 'binding-beside-bundle',
        setup(bundle) {
          bundle.onResolve({ filter: /^@mapbox\/node-pre-gyp$/ }, ({ path }) => ({
            path,
            namespace: 'binding',
          }));
          bundle.onLoad({ filter: /.*/, namespace: 'binding' }, () => ({ contents: findsBinding }));
        },
      },
    ],
  });
}
