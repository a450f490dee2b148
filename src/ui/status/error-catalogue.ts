import { UserFacingError } from '../../common/errors.ts';
import { localize } from '../../common/localization/localize.ts';
import { type Button, button, manageTrust, openFolder, openSetting, reloadWindow } from '../command-ids.ts';

const trainWithWasm = (): Button => button(localize`Train with wasm`, 'trainWithWasm');

/** The remedy for each code of an error that has one; errors of the engines have the codes of `EngineErrorCode`. */
const REMEDIES: ReadonlyMap<string, () => Button> = new Map([
  ['tensorflow-missing', trainWithWasm],
  ['tensorflow-unusable', trainWithWasm],
  ['no-model', () => button(localize`Train`, 'train')],
  ['training-runs', () => button(localize`Stop Training`, 'stopTraining')],
  ['other-version', reloadWindow],
  ['no-folder', openFolder],
  ['untrusted', manageTrust],
  ['invalid-setting', () => openSetting('charRnn.corpus')],
]);

/** Codes of errors that say where the extension works and where not; nothing has failed there. */
const NOT_FAILURES: ReadonlySet<string> = new Set(['no-folder', 'untrusted', 'virtual', 'training-runs']);

/** How serious a notification of an error looks. */
export function levelOf(error: unknown): 'information' | 'error' {
  return error instanceof UserFacingError && NOT_FAILURES.has(error.code ?? '') ? 'information' : 'error';
}

/**
 * The button that an error is shown with in addition to Show Log; undefined where nothing can be done at once.
 * @param otherwise the button of a `UserFacingError` that has no remedy of its own.
 */
export function remedyFor(error: unknown, otherwise?: Button): Button | undefined {
  if (!(error instanceof UserFacingError)) return undefined;
  return REMEDIES.get(error.code ?? '')?.() ?? otherwise;
}
