import { createRequire } from 'node:module';
import { UserFacingError } from '../../../common/errors.ts';
import type { TensorFlowBinding } from './binding.ts';
import { findTensorFlow } from './locate.ts';
import type { TensorFlowInstallation } from './locate.ts';

/** What tfjs-node exports, as far as it is used here. */
interface TfjsNode {
  backend(): { readonly binding: TensorFlowBinding };
}

let loaded: TensorFlowBinding | undefined;

/**
 * Loads TensorFlow into this process, once. It must not be an editor's: a native crash takes the process along.
 * @param threads that share an operation; counts when first loaded. Left out: as many as there are processors.
 * @throws UserFacingError where it is not installed or does not load.
 */
export function loadTensorFlow(threads?: number): TensorFlowBinding {
  loaded ??= load(threads);
  return loaded;
}

/** @throws UserFacingError where TensorFlow is not installed. */
export function installedTensorFlow(): TensorFlowInstallation {
  const place = findTensorFlow();
  if (place === undefined) throw notInstalled();
  return place;
}

function load(threads: number | undefined): TensorFlowBinding {
  const place = installedTensorFlow();
  const require = createRequire(place.module);
  restoreRemovedUtilities(require);
  // TensorFlow tells of every processor feature it found; errors still come through.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  if (threads !== undefined) process.env.TF_NUM_INTRAOP_THREADS ??= String(threads);
  try {
    const tfjs = require(place.module) as TfjsNode;
    return tfjs.backend().binding;
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new UserFacingError(
      `TensorFlow (${place.where}) does not load here (${reason}), so nothing was started; \`npm run tensorflow\` in a checkout of Char-RNN mends it, or choose the engine wasm.`,
      { cause: error, action: trainWithWasm },
    );
  }
}

const trainWithWasm = { title: 'Train with wasm', command: 'charRnn.trainWithWasm' };

function notInstalled(): UserFacingError {
  const asked = process.env.CHAR_RNN_TENSORFLOW;
  const where = asked ? `not in ${asked}, which CHAR_RNN_TENSORFLOW names` : 'not installed on this machine';
  return new UserFacingError(
    `TensorFlow is ${where}, so nothing was started; \`npm run tensorflow\` in a checkout of Char-RNN installs it, or choose the engine wasm.`,
    { action: trainWithWasm },
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
