import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { userCache } from '../../../common/user-cache.ts';

/** Of @tensorflow/tfjs-node. */
export const TFJS_NODE_VERSION = '4.22.0';

/** An installed @tensorflow/tfjs-node, with its binding and TensorFlow's libraries. */
export interface TensorFlowInstallation {
  /** The file to require. */
  readonly module: string;
  /** Where it is, for a person. */
  readonly where: string;
}

/**
 * A folder as `npm run tensorflow` makes it and as platform packages of the extension carry it: tfjs-node's
 * JavaScript in one file, and its binding and libraries where they are in tfjs-node's own folder.
 */
export const MODULE_FILE = 'tfjs-node.cjs';
export const BINDING_FILE = join('lib', 'napi-v8', 'tfjs_binding.node');

/** The user's folder for it; it is there only when whole. */
export function cachedTensorFlow(): string {
  return join(userCache(), `tensorflow-${TFJS_NODE_VERSION}-${process.platform}-${process.arch}`);
}

/**
 * Finds tfjs-node without loading it, in the order: the folder named by CHAR_RNN_TENSORFLOW (and then nowhere
 * else), beside the program, node_modules, the user's cache. A few looks at the file system.
 */
export function findTensorFlow(): TensorFlowInstallation | undefined {
  const { CHAR_RNN_TENSORFLOW: asked } = process.env;
  if (asked) return inFolder(asked, 'named by CHAR_RNN_TENSORFLOW');
  const program = programPath();
  return (
    inFolder(join(dirname(program), 'tensorflow'), 'part of this package') ??
    inNodeModules(program) ??
    inFolder(cachedTensorFlow(), 'installed for this user')
  );
}

/** The bundle, or the test runner, that runs; npm starts programs through links. */
function programPath(): string {
  try {
    return realpathSync(process.argv[1] ?? process.execPath);
  } catch {
    return process.execPath;
  }
}

function inFolder(folder: string, where: string): TensorFlowInstallation | undefined {
  const module = join(folder, MODULE_FILE);
  return existsSync(module) && existsSync(join(folder, BINDING_FILE)) ? { module, where } : undefined;
}

/** Without its binding, which an install script fetches, the package is of no use. */
function inNodeModules(program: string): TensorFlowInstallation | undefined {
  try {
    const manifest = createRequire(program).resolve('@tensorflow/tfjs-node/package.json');
    const folder = dirname(manifest);
    const bindings = readdirSync(join(folder, 'lib')).filter((name) =>
      existsSync(join(folder, 'lib', name, 'tfjs_binding.node')),
    );
    return bindings.length > 0
      ? { module: join(folder, 'dist', 'index.js'), where: 'in node_modules' }
      : undefined;
  } catch {
    return undefined;
  }
}
