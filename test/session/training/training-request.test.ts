import { describe, expect, it } from 'vitest';
import type { GetSetting } from '../../../src/session/settings/checked-settings.ts';
import { checkedSetting } from '../../../src/session/settings/checked-settings.ts';
import { SCHEMAS, SETTING_KEYS, type Schema } from '../../../src/session/settings/declared-settings.ts';
import { trainingRequest } from '../../../src/session/training/training-request.ts';
import { checkOptions } from '../../../src/training/check-options.ts';
import fc from '../../fast-check.ts';

const corpus = { roots: ['/w'], include: [], exclude: [], maxCharacters: 1 };

/** Values that a user may write: the bounds of the setting, values beyond them, and of other types. */
function written({ type, minimum, exclusiveMinimum, maximum, enum: choices }: Schema): fc.Arbitrary<unknown> {
  const bounds = [minimum, exclusiveMinimum, maximum].filter((bound) => bound !== undefined);
  const near = bounds.flatMap((bound) => [bound - 1, bound, bound + 1e-9, bound + 0.5, bound + 1]);
  const any = [undefined, null, 'x', -1, 0, 0.5, 1, Infinity, NaN, 1e300];
  const within =
    minimum !== undefined && maximum !== undefined && [type].flat().includes('integer')
      ? [fc.integer({ min: minimum, max: maximum })]
      : [];
  return fc.oneof(fc.constantFrom<unknown>(...near, ...(choices ?? []), ...any), ...within);
}

describe('the training that the settings ask for', () => {
  it('has options that no training refuses, whatever is written', () => {
    const keys = SETTING_KEYS.filter((key) => /^charRnn\.(model|training)\./.test(key));
    expect(keys.length).toBeGreaterThan(12);
    const settings = fc.record(Object.fromEntries(keys.map((key) => [key, written(SCHEMAS[key])])));
    fc.assert(
      fc.property(settings, (values) => {
        const get: GetSetting = (key) => checkedSetting(key, values[key], () => undefined);
        expect(() => checkOptions(trainingRequest({ modelPath: '/m' }, corpus, get).options)).not.toThrow();
      }),
    );
  });
});
