import { UserFacingError } from '../../common/errors.ts';

const TRAIN_AGAIN = { title: 'Train Again', command: 'charRnn.train' };
const TRAIN_WITH_WASM = { title: 'Train with wasm', command: 'charRnn.trainWithWasm' };

/** The button for a training's failure, by the code of the engine's error (`EngineErrorCode`). */
const actions = new Map([
  ['tensorflow-missing', TRAIN_WITH_WASM],
  ['tensorflow-unusable', TRAIN_WITH_WASM],
]);

/** A training's error with a button that does something about it; errors that have one keep it. */
export function withAction(error: unknown): unknown {
  if (!(error instanceof UserFacingError) || error.action) return error;
  const action = actions.get(error.code ?? '') ?? TRAIN_AGAIN;
  return new UserFacingError(error.message, { cause: error, action, code: error.code });
}
