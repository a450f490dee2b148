import { describe, expect, it } from 'vitest';
import { checkSpecification, parameterCount, parameterShapes } from '../../src/model/specification.ts';
import type { NetworkSpecification } from '../../src/model/specification.ts';

const specification: NetworkSpecification = {
  cell: 'lstm',
  layers: 2,
  units: 3,
  embedding: 4,
  dropout: 0.25,
  vocabularySize: 5,
};

describe('checkSpecification', () => {
  it('gives back a good one', () => {
    expect(checkSpecification({ ...specification })).toEqual(specification);
  });

  for (const [name, change, message] of [
    ['a string for the cell', { cell: 'LSTM' }, /cell must be lstm, gru or rnn/],
    ['no layers', { layers: 0 }, /layers must be an integer from 1 to 8/],
    ['nine layers', { layers: 9 }, /layers/],
    ['half a unit', { units: 2.5 }, /units must be an integer from 1 to 4096/],
    ['units as text', { units: '3' }, /units/],
    ['infinite units', { units: Infinity }, /units/],
    ['1e308 units', { units: 1e308 }, /units/],
    ['a negative embedding', { embedding: -1 }, /embedding must be an integer from 0 to 4096/],
    ['certain dropout', { dropout: 1 }, /dropout must be a number from 0 to below 1/],
    ['dropout that is not a number', { dropout: NaN }, /dropout/],
    ['one symbol', { vocabularySize: 1 }, /vocabularySize must be an integer from 2 to 65536/],
    ['a missing field', { units: undefined }, /units/],
    ['a prior of one', { prior: 1 }, /prior must be true or false/],
    ['a prior of null', { prior: null }, /prior must be true or false/],
    ['an unknown field', { heads: 4 }, /unknown field heads/],
  ] as const) {
    it(`refuses ${name}`, () => {
      expect(() => checkSpecification({ ...specification, ...change })).toThrow(message);
    });
  }

  it('knows a prior, and that there is none where it is left out or false', () => {
    expect(checkSpecification({ ...specification, prior: true })).toEqual({ ...specification, prior: true });
    for (const prior of [false, undefined]) {
      expect(Object.keys(checkSpecification({ ...specification, prior }))).not.toContain('prior');
    }
  });

  it('refuses what is no object, and fields by way of the prototype', () => {
    for (const value of [null, undefined, 3, 'lstm', [specification]]) {
      expect(() => checkSpecification(value)).toThrow(/must be an object/);
    }
    expect(() => checkSpecification(Object.create(specification))).toThrow(/must be/);
    const polluted: unknown = JSON.parse(
      JSON.stringify(specification).replace('{', '{"__proto__":{"layers":1},'),
    );
    expect(() => checkSpecification(polluted)).toThrow(/unknown field __proto__/);
  });
});

describe('parameterShapes', () => {
  it('names and shapes the parameters as PyTorch does, in order', () => {
    expect([...parameterShapes(specification)]).toEqual([
      ['embedding.weight', [5, 4]],
      ['rnn.weight_ih_l0', [12, 4]],
      ['rnn.weight_hh_l0', [12, 3]],
      ['rnn.bias_ih_l0', [12]],
      ['rnn.bias_hh_l0', [12]],
      ['rnn.weight_ih_l1', [12, 3]],
      ['rnn.weight_hh_l1', [12, 3]],
      ['rnn.bias_ih_l1', [12]],
      ['rnn.bias_hh_l1', [12]],
      ['decoder.weight', [5, 3]],
      ['decoder.bias', [5]],
    ]);
  });

  it('feeds symbols one-hot without an embedding', () => {
    const shapes = parameterShapes({ ...specification, cell: 'gru', embedding: 0 });
    expect(shapes.has('embedding.weight')).toBe(false);
    expect(shapes.get('rnn.weight_ih_l0')).toEqual([9, 5]);
    expect(shapes.get('rnn.weight_ih_l1')).toEqual([9, 3]);
    expect(parameterShapes({ ...specification, cell: 'rnn' }).get('rnn.weight_hh_l0')).toEqual([3, 3]);
  });

  it('has the joint output layer, the weight and the gate of a prior last', () => {
    expect([...parameterShapes({ ...specification, prior: true })].slice(-5)).toEqual([
      ['decoder.bias', [5]],
      ['prior.decoder.weight', [5, 3]],
      ['prior.decoder.bias', [5]],
      ['prior.weight', [1]],
      ['prior.gate', [1, 3]],
    ]);
  });

  it('counts the trainable values', () => {
    const count = 20 + 48 + 36 + 12 + 12 + 15 + 5;
    expect(parameterCount({ ...specification, layers: 1 })).toBe(count);
    expect(parameterCount({ ...specification, layers: 1, prior: true })).toBe(count + 15 + 5 + 1 + 3);
  });
});
