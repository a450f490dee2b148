import type { ModelSummary } from '../../completion/index.ts';
import type { FeatureName, NamedUnit } from '../../units/index.ts';

const FEATURE_TEXTS: Readonly<Record<FeatureName, string>> = {
  string: 'being inside a string',
  comment: 'being inside a comment',
  bracketDepth: 'the depth of brackets',
  parentheses: 'being inside parentheses',
  indentation: 'the indentation',
  column: "the distance from the line's start",
  word: 'being inside a word',
};

type Shape = Pick<ModelSummary, 'layers' | 'units'>;

/** A unit's name, numbered from 1 within its layer. @param unit its index among those of all layers */
export function unitName(unit: number, { layers, units }: Shape): string {
  const number = (unit % units) + 1;
  return layers === 1 ? `Unit ${number}` : `Layer ${Math.floor(unit / units) + 1}, unit ${number}`;
}

/** What a unit follows and how closely, as a predicate. */
export function followsText({ feature, correlation }: Omit<NamedUnit, 'unit'>): string {
  return `follows ${FEATURE_TEXTS[feature]}, r = ${signed(correlation)}`;
}

/** Which network is looked at. */
export function networkText({ isBase, layers, units, cell }: ModelSummary): string {
  const which = isBase ? 'the base network, which knows public code' : 'the network of this workspace';
  const shape = `${layers} ${layers === 1 ? 'layer' : 'layers'} of ${units} ${cell.toUpperCase()} units`;
  return `${which} (${shape})`;
}

/** A value or a correlation with its sign. */
export function signed(value: number): string {
  // What rounds to zero has no sign.
  const rounded = Math.round(value * 100) / 100;
  return `${rounded > 0 ? '+' : rounded < 0 ? '\u2212' : ''}${Math.abs(rounded).toFixed(2)}`;
}
