import { createRequire } from 'node:module';
import { sentenceOf } from '../../../common/errors.ts';
import { message } from '../../../common/localization/message.ts';
import { EngineError } from '../../engine-error.ts';
import type { TensorFlowBinding } from './binding.ts';
import { findTensorFlow } from './locate.ts';
import type { TensorFlowInstallation } from './locate.ts';

/** The part of tfjs-node that is used here. */
interface TfjsNode {
  backend(): { readonly binding: TensorFlowBinding };
}

let loaded: TensorFlowBinding | undefined;

/**
 * Loads TensorFlow into this process, once. Never call it in an editor's process, which a native crash would end.
 * @param threads that share an operation; only the first call counts. Undefined: one for each processor.
 * @throws EngineError if TensorFlow is not installed or does not load.
 */
export function loadTensorFlow(threads?: number): TensorFlowBinding {
  loaded ??= load(threads);
  return loaded;
}

/** The installation that `loadTensorFlow` would load. @throws EngineError if there is none. */
export function installedTensorFlow(): TensorFlowInstallation {
  const installation = findTensorFlow();
  if (installation === undefined) throw notInstalled();
  return installation;
}

function load(threads: number | undefined): TensorFlowBinding {
  const installation = installedTensorFlow();
  const require = createRequire(installation.module);
  restoreRemovedUtilities(require);
  // TensorFlow logs every processor feature it finds; this level leaves errors alone.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  if (threads !== undefined) process.env.TF_NUM_INTRAOP_THREADS ??= String(threads);
  try {
    const tfjs = require(installation.module) as TfjsNode;
    return tfjs.backend().binding;
  } catch (error) {
    const [reason] = sentenceOf(error).split('\n');
    throw new EngineError(
      'tensorflow-unusable',
      message`TensorFlow (${installation.where}) does not load here (${reason}), so nothing was started; \`npm run tensorflow\` in a checkout of Char-RNN repairs it, or choose the engine wasm.`,
      { cause: error },
    );
  }
}

function notInstalled(): EngineError {
  const asked = process.env.CHAR_RNN_TENSORFLOW;
  return new EngineError(
    'tensorflow-missing',
    asked
      ? message`TensorFlow is not in ${asked}, which CHAR_RNN_TENSORFLOW names, so nothing was started; \`npm run tensorflow\` in a checkout of Char-RNN installs it, or choose the engine wasm.`
      : message`TensorFlow is not installed on this machine, so nothing was started; \`npm run tensorflow\` in a checkout of Char-RNN installs it, or choose the engine wasm.`,
  );
}

/** tfjs-node 4.22 calls two functions of `util` that Node 23 removed. */
function restoreRemovedUtilities(require: NodeJS.Require): void {
  const util = require('node:util') as Record<string, unknown>;
  const removed = {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  };
  for (const [name, value] of Object.entries(removed)) {
    if (!(name in util)) Object.defineProperty(util, name, { value, configurable: true, writable: true });
  }
}
