import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { sentenceOf } from '../../src/common/errors.ts';
import { BINDING_FILE } from '../../src/engine/tensorflow/runtime/locate.ts';
import { runCommand } from '../commands.ts';

/** Where tfjs-node's own install script downloads TensorFlow from by default. */
const HOST = process.env['TFJS_NODE_CDN_STORAGE'] ?? 'https://storage.googleapis.com/';
const CONNECT_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/**
 * Lets tfjs-node's own install script download TensorFlow and its binding.
 * @returns undefined where that worked, else a sentence saying why not.
 */
export async function downloadOfficial(packages: string, tfjsNode: string): Promise<string | undefined> {
  try {
    await fetch(HOST, { method: 'HEAD', signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) });
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return `TensorFlow's own download, ${new URL(HOST).host}, cannot be reached (${sentenceOf(cause)}).`;
  }
  console.log(`Downloading TensorFlow from ${new URL(HOST).host}.`);
  const PATH = [join(packages, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  try {
    await runCommand(process.execPath, [join('scripts', 'install.js')], {
      cwd: tfjsNode,
      env: { ...process.env, PATH },
      timeout: DOWNLOAD_TIMEOUT_MS,
    });
  } catch (error) {
    return `TensorFlow's own download failed (${sentenceOf(error).split('\n').at(-1)}).`;
  }
  return existsSync(join(tfjsNode, BINDING_FILE))
    ? undefined
    : "TensorFlow's own download has nothing for this platform and Node.";
}
