import { join } from 'node:path';
import { runCommand } from '../commands.ts';

/**
 * The version of TensorFlow that loads and computes in a process of its own, since loading it may crash.
 * @param folder where it is; left out, where the engine would find it.
 */
export async function versionThatLoads(folder?: string): Promise<string> {
  const env = folder === undefined ? process.env : { ...process.env, CHAR_RNN_TENSORFLOW: folder };
  return runCommand(process.execPath, [join(import.meta.dirname, 'print-version.ts')], {
    env,
    timeout: 60_000,
  });
}
