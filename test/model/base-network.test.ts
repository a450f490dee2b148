import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../src/common/errors.ts';
import { Vocabulary } from '../../src/corpus/index.ts';
import {
  blendWithBase,
  fitsBase,
  initialWeights,
  parameterShapes,
  readBaseNetwork,
  weightsFromBase,
} from '../../src/model/index.ts';
import type { BaseNetwork, Model, NetworkSpecification } from '../../src/model/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { safetensors } from './foreign-file.ts';
import type { Tensor } from './foreign-file.ts';
import { training } from './small-models.ts';

const specification: NetworkSpecification = {
  cell: 'lstm',
  layers: 1,
  units: 2,
  embedding: 2,
  dropout: 0,
  vocabularySize: 4,
};
const symbols = ['\uFFFD', '\u0002', 'a', 'b'];
/** 1.5 as a half float. */
const HALF = 0x3e00;

const at = temporaryFolder();

async function written(
  change: (tensors: Record<string, Tensor>) => void = () => undefined,
  vocabulary: readonly string[] = symbols,
): Promise<string> {
  const tensors: Record<string, Tensor> = {};
  for (const [name, shape] of parameterShapes(specification)) {
    const values = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => HALF);
    tensors[name] = { shape, values, dtype: 'F16' };
  }
  tensors['mixing.weight'] = { shape: [2], values: [HALF, HALF], dtype: 'F16' };
  change(tensors);
  const path = at('base.safetensors');
  await writeFile(
    path,
    safetensors(tensors, { 'char-rnn-base': JSON.stringify({ specification, vocabulary }) }),
  );
  return path;
}

describe('the file of a base network', () => {
  it('is read as it was written', async () => {
    const base = await readBaseNetwork(await written(), 2);
    expect(base.specification).toEqual(specification);
    expect(base.vocabulary.symbols).toEqual(symbols);
    expect([...base.weights.keys()]).toEqual([...parameterShapes(specification).keys()]);
    expect(base.mixingWeights).toEqual(Float32Array.of(1.5, 1.5));
    expect(base.weights.get('decoder.weight')).toEqual(new Float32Array(8).fill(1.5));
  });

  it.each<[string, (tensors: Record<string, Tensor>) => void, readonly string[]]>([
    ['a tensor is missing', (tensors) => delete tensors['decoder.bias'], symbols],
    [
      'a tensor has another shape',
      (tensors) => (tensors['decoder.bias'] = { shape: [3], values: [0, 0, 0], dtype: 'F16' }),
      symbols,
    ],
    ['it has no mixing weights', (tensors) => delete tensors['mixing.weight'], symbols],
    [
      'it has more mixing weights than a context model',
      (tensors) => (tensors['mixing.weight'] = { shape: [3], values: [HALF, HALF, HALF], dtype: 'F16' }),
      symbols,
    ],
    ['it has too few symbols', () => undefined, symbols.slice(0, 3)],
  ])('is refused where %s', async (_, change, vocabulary) => {
    const reading = readBaseNetwork(await written(change, vocabulary), 2);
    await expect(reading).rejects.toThrow(UserFacingError);
    await expect(reading).rejects.toThrow(/install Char-RNN again/);
  });

  it('is refused where it is missing', async () => {
    await expect(readBaseNetwork(at('none'), 2)).rejects.toThrow(/base network .*none/);
  });
});

describe('a network that begins with the base', () => {
  const weights = new Map(
    [...parameterShapes(specification)].map(([name, shape]) => [
      name,
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => 100 + i),
    ]),
  );
  const base: BaseNetwork = {
    specification,
    vocabulary: Vocabulary.fromSymbols(symbols),
    weights,
    mixingWeights: new Float32Array(0),
  };
  const asked = { ...specification, vocabularySize: 5, prior: true };
  const own = ['\uFFFD', '\u0002', 'b', 'x', 'a'];
  const begun = weightsFromBase(base, asked, own, 3);
  const drawn = initialWeights(asked, 3);
  const rowsOf = (tensors: ReadonlyMap<string, Float32Array>, name: string, id: number): number[] => [
    ...tensors.get(name)!.subarray(2 * id, 2 * id + 2),
  ];

  it('has all parameters, and the recurrent layers of the base', () => {
    expect([...begun.keys()].sort()).toEqual([...parameterShapes(asked).keys()].sort());
    for (const name of begun.keys())
      if (name.startsWith('rnn.')) expect(begun.get(name)).toEqual(weights.get(name));
  });

  it.each(['embedding.weight', 'decoder.weight'])('has the rows of known symbols in its %s', (name) => {
    for (const [id, symbol] of own.entries()) {
      const known = symbols.indexOf(symbol);
      const expected = known < 0 ? rowsOf(drawn, name, id) : rowsOf(weights, name, known);
      expect(rowsOf(begun, name, id)).toEqual(expected);
    }
  });

  it('has its own copy of the weights', () => {
    weightsFromBase(base, asked, own, 3).get('rnn.bias_ih_l0')![0] = -1;
    expect(weights.get('rnn.bias_ih_l0')![0]).toBe(100);
  });

  it('must have the same cell, layers, units and embedding', () => {
    expect(fitsBase(asked, base)).toBe(true);
    const others: Partial<NetworkSpecification>[] = [
      { cell: 'gru' },
      { layers: 2 },
      { units: 3 },
      { embedding: 0 },
    ];
    for (const other of others) expect(fitsBase({ ...asked, ...other }, base)).toBe(false);
  });

  it('suggests with weights between its own and the base, and by its alone layer', () => {
    const trained = new Map([...begun].map(([name, values]) => [name, values.map((value) => value + 2)]));
    const blended = blendWithBase(modelOf(trained, true), base)!;
    expect(blended.specification).toEqual({ ...specification, vocabularySize: 5 });
    const names = [...parameterShapes(blended.specification).keys()];
    expect([...blended.weights.keys()].sort()).toEqual([...names].sort());
    const expected = weightsFromBase(base, blended.specification, own, 3).get('rnn.weight_hh_l0')!;
    expect(blended.weights.get('rnn.weight_hh_l0')).toEqual(expected.map((value) => value + 1));
  });

  it('is no blend where the model did not begin with the base', () => {
    expect(blendWithBase(modelOf(begun, false), base)).toBeUndefined();
  });

  function modelOf(of: ReadonlyMap<string, Float32Array>, isFromBase: boolean): Model {
    const resume = { ...training.resume!, isFromBase };
    return {
      specification: asked,
      vocabulary: own,
      weights: of,
      training: { ...training, resume },
      optimizer: null,
      state: null,
    };
  }
});
