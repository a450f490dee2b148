import * as vscode from 'vscode';
import { sentenceOf } from '../../common/errors.ts';
import { localize } from '../../common/localization/localize.ts';
import { noSuchUnitError, type ModelSummary, type SuggestionClient } from '../../completion/index.ts';
import type { NamedUnit } from '../../units/index.ts';
import type { ShownUnit } from './unit-display.ts';
import type { UnitView } from './unit-view.ts';
import { followsText, networkText, unitName } from './unit-texts.ts';

interface UnitItem extends vscode.QuickPickItem {
  /** Left out of separators, and of the item that shows no unit. */
  readonly unit?: ShownUnit;
}

function noneItem(): UnitItem {
  return { label: `$(circle-slash) ${localize`None`}`, description: localize`shows no unit` };
}

/**
 * Has a unit chosen, which is shown already while it is the active one of the list. The list begins with the units
 * that follow something with a name, once these are found. Leaving it with Escape shows what was shown before.
 * @throws UserFacingError where there is no network, or none with the chosen unit any more.
 */
export async function chooseUnit(
  view: Pick<UnitView, 'show' | 'shown'>,
  client: Pick<SuggestionClient['units'], 'network' | 'requireNetwork' | 'find'>,
  log: Pick<vscode.LogOutputChannel, 'warn'>,
): Promise<void> {
  const network = client.requireNetwork();
  // A number means another unit in a network of another shape.
  const isSameShape = (): boolean =>
    client.network?.layers === network.layers && client.network.units === network.units;
  const before = view.shown;
  const ended = new AbortController();
  const pick = vscode.window.createQuickPick<UnitItem>();
  pick.title = localize`What a unit sees: ${networkText(network)}`;
  pick.placeholder = localize`Looking for units that follow strings, comments, brackets and the like; all have a number`;
  pick.matchOnDescription = true;
  pick.busy = true;
  const offer = (named: readonly NamedUnit[]): void => {
    const active = pick.activeItems[0]?.unit?.unit;
    // Whoever has not moved yet is shown the unit with the clearest name.
    const wanted = active === 0 && before?.unit !== 0 ? named[0]?.unit : (active ?? before?.unit);
    const items = itemsOf(network, named, before !== undefined);
    pick.items = items;
    const item = items.find(({ unit }) => unit !== undefined && unit.unit === wanted);
    if (item) pick.activeItems = [item];
  };
  let chosen = before;
  let isAccepted = false;
  pick.onDidChangeActive(([item]) => {
    if (item && isSameShape()) view.show(item.unit);
  });
  pick.onDidAccept(() => {
    const [item] = pick.selectedItems;
    if (item) chosen = item.unit;
    isAccepted = item !== undefined;
    pick.hide();
  });
  const hidden = new Promise<void>((resolve) => pick.onDidHide(() => resolve()));
  offer([]);
  pick.show();
  void client
    .find(ended.signal)
    .then((found) => {
      if (!found) return;
      offer(found.units);
      pick.placeholder = placeholderOf(found.units.length, found.characters);
    })
    .catch((error: unknown) => {
      log.warn(`no units with a name are found: ${sentenceOf(error)}`);
      pick.placeholder = localize`Units with a name could not be looked for (see the log); any unit has a number`;
    })
    .finally(() => (pick.busy = false));
  await hidden;
  ended.abort();
  pick.dispose();
  if (isSameShape()) return view.show(chosen);
  view.show(undefined);
  if (!isAccepted || !chosen) return;
  client.requireNetwork();
  throw noSuchUnitError();
}

function placeholderOf(count: number, characters: number): string {
  if (characters === 0) {
    return localize`No file of this workspace is known yet, so no unit has a name; choose one by its number`;
  }
  return count === 0
    ? localize`No unit follows anything that has a name; choose one by its number`
    : localize`Choose a unit by what it follows, or by its number`;
}

function itemsOf(network: ModelSummary, named: readonly NamedUnit[], hasNone: boolean): UnitItem[] {
  const known = new Map(named.map((each) => [each.unit, each]));
  const itemOf = (unit: number): UnitItem => {
    const name = unitName(unit, network);
    const found = known.get(unit);
    const follows = found && followsText(found);
    return {
      label: name,
      ...(follows && { description: follows }),
      unit: { unit, name, ...(follows && { follows }) },
    };
  };
  const all = Array.from({ length: network.layers * network.units }, (_, unit) => unit);
  return [
    ...(hasNone ? [noneItem()] : []),
    ...(named.length > 0 ? [separator(localize`follow something with a name`)] : []),
    ...named.map(({ unit }) => itemOf(unit)),
    separator(localize`by number`),
    ...all.filter((unit) => !known.has(unit)).map(itemOf),
  ];
}

function separator(label: string): UnitItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
