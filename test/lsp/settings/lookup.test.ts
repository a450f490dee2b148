import { describe, expect, it } from 'vitest';
import { lookUp } from '../../../src/lsp/settings/lookup.ts';

describe('a setting', () => {
  for (const [what, root] of [
    ['nested', { charRnn: { suggestions: { eagerness: 'calm' } } }],
    ['dotted', { 'charRnn.suggestions.eagerness': 'calm' }],
    ['partly dotted', { charRnn: { 'suggestions.eagerness': 'calm', suggestions: { delay: 3 } } }],
    ['partly nested', { 'charRnn.suggestions': { eagerness: 'calm' } }],
  ] as const) {
    it(`is found where it is ${what}`, () => {
      expect(lookUp(root, 'charRnn.suggestions.eagerness')).toBe('calm');
    });
  }

  it('may be an object or null', () => {
    const root = { charRnn: { suggestions: { enabled: { '*': false } }, model: { embedding: null } } };
    expect(lookUp(root, 'charRnn.suggestions.enabled')).toEqual({ '*': false });
    expect(lookUp(root, 'charRnn.model.embedding')).toBeNull();
  });

  it('is what stands in place of its group', () => {
    expect(lookUp({ charRnn: { suggestions: false } }, 'charRnn.suggestions.enabled')).toBe(false);
    expect(lookUp({ charRnn: 'off' }, 'charRnn.suggestions.enabled')).toBe('off');
  });

  it('of a network is not the path of a model file', () => {
    const root = { charRnn: { model: 'a.safetensors', 'model.cell': 'gru' } };
    expect(lookUp(root, 'charRnn.model')).toBe('a.safetensors');
    expect(lookUp(root, 'charRnn.model.layers')).toBeUndefined();
    expect(lookUp(root, 'charRnn.model.cell')).toBe('gru');
  });

  it('is undefined where there is none', () => {
    for (const root of [undefined, null, {}, { charRnn: null }, { charRnn: { toString: 1 } }])
      expect(lookUp(root, 'charRnn.suggestions.delay')).toBeUndefined();
    expect(lookUp({ charRnn: {} }, 'charRnn.constructor')).toBeUndefined();
  });
});
