import { describe, expect, it } from 'vitest';
import { checkSpecification } from '../../src/model/index.ts';
import { RECIPES } from '../../src/recipes/index.ts';
import { defaultTrainingOptions } from '../../src/training/index.ts';

describe('recipes', () => {
  it('are those of the classic systems', () => {
    expect(Object.keys(RECIPES)).toEqual(['linux', 'shakespeare', 'min-char-rnn', 'author', 'korean']);
  });

  it.each(Object.entries(RECIPES))('%s describes a network that there is', (_, { options }) => {
    const { cell, layers, units, embedding = units, dropout } = { ...defaultTrainingOptions, ...options };
    expect(() =>
      checkSpecification({ cell, layers, units, embedding, dropout, vocabularySize: 100 }),
    ).not.toThrow();
  });
});
