import { expect, it } from 'vitest';
import type { ModelSummary } from '../../../src/completion/index.ts';
import { followsText, networkText, signed, unitName } from '../../../src/ui/units/unit-texts.ts';
import { FEATURE_NAMES } from '../../../src/units/index.ts';

it('numbers units from 1 within their layer', () => {
  expect(unitName(0, { layers: 1, units: 4 })).toBe('Unit 1');
  expect(unitName(5, { layers: 2, units: 4 })).toBe('Layer 2, unit 2');
});

it('says what a unit follows, with the sign of the correlation', () => {
  expect(followsText({ feature: 'string', correlation: 0.834 })).toBe(
    'follows being inside a string, r = +0.83',
  );
  expect(followsText({ feature: 'comment', correlation: -0.5 })).toBe(
    'follows being inside a comment, r = −0.50',
  );
  const texts = FEATURE_NAMES.map((feature) => followsText({ feature, correlation: 1 }));
  expect(new Set(texts).size).toBe(FEATURE_NAMES.length);
});

it('gives no sign to what rounds to zero', () => {
  expect([0.004, -0.004, 1, -1].map(signed)).toEqual(['0.00', '0.00', '+1.00', '−1.00']);
});

it('says which network is looked at', () => {
  const summary = { layers: 1, units: 256, cell: 'lstm' } as ModelSummary;
  expect(networkText(summary)).toBe('the network of this workspace (1 layer of 256 LSTM units)');
  expect(networkText({ ...summary, isBase: true, layers: 2 })).toMatch(/^the base network, .* \(2 layers of/);
});
