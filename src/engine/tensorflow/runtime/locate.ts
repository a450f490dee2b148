import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { userCache } from '../../../common/user-cache.ts';

/** The version of @tensorflow/tfjs-node that is installed and tested. */
const TFJS_NODE_VERSION = '4.22.0';

/** An installed @tensorflow/tfjs-node, with its binding and TensorFlow's libraries. */
export interface TensorFlowInstallation {
  /** The file to require. */
  readonly module: string;
  /** Where it was found, for messages. */
  readonly where: string;
}

/**
 * Files of a folder that `npm run tensorflow` makes and that platform packages of the extension contain: tfjs-node's
 * JavaScript in one file, with its binding and libraries at the paths of tfjs-node's own folder.
 */
export const MODULE_FILE = 'tfjs-node.cjs';
export const BINDING_FILE = join('lib', 'napi-v8', 'tfjs_binding.node');

/** The folder in the user's cache. It is renamed into place when complete, so it is either whole or absent. */
export function cachedTensorFlow(): string {
  return join(userCache(), `tensorflow-${TFJS_NODE_VERSION}-${process.platform}-${process.arch}`);
}

/**
 * Finds tfjs-node without loading it: in the folder that CHAR_RNN_TENSORFLOW names, and then nowhere else; or next to
 * the program, in node_modules, or in the user's cache, in this order. Costs a few calls to the file system.
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

/** The running bundle or test runner, with links resolved because npm starts programs through links. */
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

/** The package in node_modules, if its install script has fetched the native binding. */
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
