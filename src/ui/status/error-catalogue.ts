import { type ErrorAction, UserFacingError } from '../../common/errors.ts';
import { NoModelError } from '../../completion/index.ts';
import { button } from '../command-ids.ts';

const TRAIN_WITH_WASM = button('Train with wasm', 'trainWithWasm');

/** Remedies by the code of an error; the engines' codes are listed in `EngineErrorCode`. */
const REMEDIES: ReadonlyMap<string, ErrorAction> = new Map([
  ['tensorflow-missing', TRAIN_WITH_WASM],
  ['tensorflow-unusable', TRAIN_WITH_WASM],
]);

/**
 * The button that an error is shown with in addition to Show Log; undefined where nothing can be done at once.
 * @param otherwise for an error with a sentence for people and no remedy of its own.
 */
export function remedyFor(error: unknown, otherwise?: ErrorAction): ErrorAction | undefined {
  if (!(error instanceof UserFacingError)) return undefined;
  if (error instanceof NoModelError && error.kind === 'noModel') return button('Train', 'train');
  return error.action ?? REMEDIES.get(error.code ?? '') ?? otherwise;
}
