import type { SuggestionClient } from '../../completion/index.ts';
import { chooseUnit } from '../units/choose-unit.ts';
import { CHOOSE } from '../units/unit-display.ts';
import type { UnitView } from '../units/unit-view.ts';

/** The view as far as this command acts on it. */
export type UnitShower = Pick<UnitView, 'show' | 'shown'>;

/**
 * Has a unit chosen; where one is shown already, shows none, or another one if the argument is `CHOOSE`.
 * @throws UserFacingError where there is no network.
 */
export async function showUnit(
  view: UnitShower,
  client: Pick<SuggestionClient, 'whenLoaded'> & { readonly units: Parameters<typeof chooseUnit>[1] },
  log: Parameters<typeof chooseUnit>[2],
  given: unknown,
): Promise<void> {
  if (view.shown && given !== CHOOSE) return view.show(undefined);
  await client.whenLoaded();
  await chooseUnit(view, client.units, log);
}
