import type { ModelSummary } from '../../completion/index.ts';
import { type Message, message } from '../../common/localization/message.ts';
import { localize } from '../../common/localization/localize.ts';
import { numberText } from '../../common/localization/numbers.ts';
import type { FeatureName, NamedUnit } from '../../units/index.ts';

const FEATURE_TEXTS: Readonly<Record<FeatureName, Message>> = {
  string: message`being inside a string`,
  comment: message`being inside a comment`,
  bracketDepth: message`the depth of brackets`,
  parentheses: message`being inside parentheses`,
  indentation: message`the indentation`,
  column: message`the distance from the line's start`,
  word: message`being inside a word`,
};

type Shape = Pick<ModelSummary, 'layers' | 'units'>;

/** A unit's name, numbered from 1 within its layer. @param unit its index among those of all layers */
export function unitName(unit: number, { layers, units }: Shape): string {
  const number = (unit % units) + 1;
  return layers === 1
    ? localize`Unit ${number}`
    : localize`Layer ${Math.floor(unit / units) + 1}, unit ${number}`;
}

/** What a unit follows and how closely, as a predicate. */
export function followsText({ feature, correlation }: Omit<NamedUnit, 'unit'>): string {
  return localize`follows ${FEATURE_TEXTS[feature]}, r = ${signed(correlation)}`;
}

/** Which network is looked at. */
export function networkText({ isBase, layers, units, cell }: ModelSummary): string {
  const which = isBase
    ? localize`the base network, which knows public code`
    : localize`the network of this workspace`;
  const type = cell.toUpperCase();
  return layers === 1
    ? localize`${which} (1 layer of ${units} ${type} units)`
    : localize`${which} (${layers} layers of ${units} ${type} units)`;
}

/** A value or a correlation with its sign. */
export function signed(value: number): string {
  // What rounds to zero has no sign.
  const rounded = Math.round(value * 100) / 100;
  return `${rounded > 0 ? '+' : rounded < 0 ? '\u2212' : ''}${numberText(Math.abs(rounded), 2)}`;
}
