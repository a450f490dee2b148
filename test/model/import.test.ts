import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../src/common/errors.ts';
import { importNetwork, readModel, writeModel } from '../../src/model/index.ts';
import { safetensors } from './foreign-file.ts';
import type { Tensor } from './foreign-file.ts';
import { bareModel } from './small-models.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const at = temporaryFolder();

let next = 0;
const tensor = (...shape: number[]): Tensor => ({
  shape,
  values: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => ++next / 8),
});

/** Two units, symbols a, b and the line end, with the names that a stranger might choose. */
function foreign(): Record<string, Tensor> {
  next = 0;
  return {
    'module.embed.weight': tensor(3, 4),
    'module.lstm.weight_ih_l0': tensor(8, 4),
    'module.lstm.weight_hh_l0': tensor(8, 2),
    'module.lstm.bias_ih_l0': tensor(8),
    'module.lstm.bias_hh_l0': tensor(8),
    'module.fc.weight': tensor(3, 2),
    'module.fc.bias': tensor(3),
  };
}
const vocabulary = { vocabulary: JSON.stringify(['b', '\n', 'a']) };

async function imported(tensors: Record<string, Tensor>, metadata: Record<string, string> = vocabulary) {
  await writeFile(at('foreign'), safetensors(tensors, metadata));
  return importNetwork(at('foreign'));
}

describe('importing a network', () => {
  it('takes it as it is, whatever its parts are named, and adds the symbols that it lacks', async () => {
    const tensors = foreign();
    const model = await imported(tensors);
    expect(model.specification).toEqual({
      ...{ cell: 'lstm', layers: 1, units: 2, embedding: 4, dropout: 0, vocabularySize: 5 },
    });
    expect(model.vocabulary).toEqual(['\uFFFD', '\u0002', 'b', '\n', 'a']);
    const values = (name: string) => tensors[`module.${name}`].values;
    const { weights } = model;
    // The start of a file is read as a line end.
    expect(Array.from(weights.get('embedding.weight')!)).toEqual([
      ...values('embed.weight').slice(4, 8),
      ...values('embed.weight').slice(4, 8),
      ...values('embed.weight'),
    ]);
    expect(Array.from(weights.get('rnn.weight_ih_l0')!)).toEqual(values('lstm.weight_ih_l0'));
    expect(Array.from(weights.get('decoder.weight')!)).toEqual([0, 0, 0, 0, ...values('fc.weight')]);
    const bias = values('fc.bias');
    expect(Array.from(weights.get('decoder.bias')!)).toEqual([bias[0] - 10, bias[0] - 10, ...bias]);
    await writeModel(at('model'), model);
    expect((await readModel(at('model'))).weights).toEqual(weights);
  });

  it('brings the two special symbols to their places', async () => {
    const tensors = foreign();
    const model = await imported(tensors, { vocabulary: '{"<unk>": 1, "a": 0, "\\u0002": 2}' });
    expect(model.vocabulary).toEqual(['\uFFFD', '\u0002', 'a']);
    const bias = tensors['module.fc.bias'].values;
    expect(Array.from(model.weights.get('decoder.bias')!)).toEqual([bias[1], bias[2], bias[0]]);
  });

  it('takes one-hot input, and networks without biases', async () => {
    const { 'module.lstm.weight_hh_l0': hh, 'module.fc.weight': fc } = foreign();
    const ih = tensor(8, 3);
    const model = await imported({ 'rnn.weight_ih_l0': ih, 'rnn.weight_hh_l0': hh, 'out.weight': fc });
    expect(model.specification).toMatchObject({ cell: 'lstm', embedding: 0 });
    const row = Array.from(model.weights.get('rnn.weight_ih_l0')!.subarray(0, 5));
    expect(row).toEqual([ih.values[1], ih.values[1], ...ih.values.slice(0, 3)]);
    expect(model.weights.get('rnn.bias_hh_l0')).toEqual(new Float32Array(8));
  });

  it('takes an embedding that is the decoder too', async () => {
    const tensors = foreign();
    const { 'module.fc.weight': shared, 'module.fc.bias': bias, 'module.lstm.weight_hh_l0': hh } = tensors;
    const model = await imported({
      'r.weight_ih_l0': hh,
      'r.weight_hh_l0': hh,
      'd.weight': shared,
      'd.bias': bias,
    });
    expect(Array.from(model.weights.get('embedding.weight')!.subarray(4))).toEqual(shared.values);
  });

  it('tells an embedding from a decoder of the same shape, by the bias', async () => {
    const { 'module.lstm.weight_hh_l0': hh, 'module.fc.bias': bias } = foreign();
    const [embedding, decoder] = [tensor(3, 2), tensor(3, 2)];
    const layers = { 'r.weight_ih_l0': hh, 'r.weight_hh_l0': hh };
    const model = await imported({ 'a.weight': embedding, ...layers, 'b.weight': decoder, 'b.bias': bias });
    expect(Array.from(model.weights.get('decoder.weight')!.subarray(4))).toEqual(decoder.values);
    expect(Array.from(model.weights.get('embedding.weight')!.subarray(4))).toEqual(embedding.values);
  });

  it('leaves out the joint output layer of a jointly trained network of ours, but no part of it', async () => {
    const tensors = foreign();
    const joint = {
      'module.prior.decoder.weight': tensor(3, 2),
      'module.prior.decoder.bias': tensor(3),
      'module.prior.weight': tensor(1),
    };
    await expect(imported({ ...tensors, ...joint })).rejects.toThrow(/besides an embedding/);
    const model = await imported({ ...tensors, ...joint, 'module.prior.gate': tensor(1, 2) });
    expect({ ...model, training: {} }).toEqual({ ...(await imported(tensors)), training: {} });
  });

  it.each([
    [1, 'rnn'],
    [3, 'gru'],
    [4, 'lstm'],
  ])('tells %i gates as the cell %s', async (gates, cell) => {
    const { 'module.fc.weight': fc, 'module.fc.bias': bias, 'module.embed.weight': embedding } = foreign();
    const model = await imported({
      ...{ 'x.weight_ih_l0': tensor(2 * gates, 4), 'x.weight_hh_l0': tensor(2 * gates, 2) },
      ...{ 'x.weight_ih_l1': tensor(2 * gates, 2), 'x.weight_hh_l1': tensor(2 * gates, 2) },
      ...{ fc_weight: fc, 'e.weight': embedding, 'fc.bias': bias },
    });
    expect(model.specification).toMatchObject({ cell, layers: 2 });
  });

  it('widens 16-bit floats', async () => {
    const half = (dtype: string, ...values: number[]): Tensor => ({ shape: [3], values, dtype });
    const f16 = { ...foreign(), 'module.fc.bias': half('F16', 0x3c00, 0xc000, 0x0001) };
    expect(Array.from((await imported(f16)).weights.get('decoder.bias')!.subarray(2))).toEqual([
      1,
      -2,
      2 ** -24,
    ]);
    const bf16 = { ...foreign(), 'module.fc.bias': half('BF16', 0x3f80, 0xc000, 0x4049) };
    expect(Array.from((await imported(bf16)).weights.get('decoder.bias')!.subarray(2))).toEqual([
      1, -2, 3.140625,
    ]);
  });

  it('takes the vocabulary from a file of its own', async () => {
    await writeFile(at('foreign'), safetensors(foreign()));
    await writeFile(at('vocabulary.json'), '["x","y","🂡"]');
    const { vocabulary } = await importNetwork(at('foreign'), at('vocabulary.json'));
    expect(vocabulary.slice(2)).toEqual(['x', 'y', '🂡']);
  });
});

describe('what cannot be imported', () => {
  const without = (name: string): Record<string, Tensor> =>
    Object.fromEntries(Object.entries(foreign()).filter(([key]) => key !== name));
  const cases: [
    name: string,
    tensors: Record<string, Tensor>,
    metadata: Record<string, string>,
    why: RegExp,
  ][] = [
    ['no recurrent layers', { 'a.weight': tensor(3, 2) }, vocabulary, /no recurrent layers/],
    [
      'two networks',
      { ...foreign(), 'b.weight_ih_l0': tensor(8, 4) },
      vocabulary,
      /several recurrent networks/,
    ],
    [
      'a second direction',
      { ...foreign(), 'module.lstm.weight_ih_l0_reverse': tensor(8, 4) },
      vocabulary,
      /bidirectional/,
    ],
    ['projections', { ...foreign(), 'module.lstm.weight_hr_l0': tensor(1, 2) }, vocabulary, /proj_size/],
    [
      'a hole',
      { ...foreign(), 'module.lstm.weight_ih_l2': tensor(8, 2) },
      vocabulary,
      /weight_ih_l1 is missing/,
    ],
    [
      'too many layers',
      { ...foreign(), 'module.lstm.weight_ih_l9': tensor(8, 2) },
      vocabulary,
      /more than 8/,
    ],
    [
      'a wrong shape',
      { ...foreign(), 'module.lstm.bias_hh_l0': tensor(7) },
      vocabulary,
      /shape \[7\] instead of \[8\]/,
    ],
    ['five gates', { ...foreign(), 'module.lstm.weight_ih_l0': tensor(10, 4) }, vocabulary, /as no LSTM/],
    ['no units', { ...foreign(), 'module.lstm.weight_hh_l0': tensor(8, 0) }, vocabulary, /not a matrix/],
    ['no decoder', without('module.fc.weight'), vocabulary, /no decoder/],
    ['no embedding', without('module.embed.weight'), vocabulary, /no embedding/],
    ['more parts', { ...foreign(), 'conv.weight': tensor(1, 1, 1) }, vocabulary, /besides an embedding/],
    ['ReLU', foreign(), { ...vocabulary, nonlinearity: 'relu' }, /only tanh/],
    ['no vocabulary', foreign(), {}, /--vocabulary/],
    ['a vocabulary too short', foreign(), { vocabulary: '["a"]' }, /1 symbols where the network has 3/],
    ['words', foreign(), { vocabulary: '["a","bc","d"]' }, /not one character/],
    ['a symbol twice', foreign(), { vocabulary: '["a","a","d"]' }, /repeats/],
    ['ids that are none', foreign(), { vocabulary: '{"a":0,"b":0,"c":1}' }, /each once/],
    ['no JSON', foreign(), { vocabulary: '[' }, /not JSON/],
    [
      'not a number',
      { ...foreign(), 'module.fc.bias': { shape: [3], values: [NaN, 0, 0] } },
      vocabulary,
      /not finite/,
    ],
    [
      'infinite half',
      { ...foreign(), 'module.fc.bias': { shape: [3], values: [0x7c00, 0, 0], dtype: 'F16' } },
      vocabulary,
      /not finite/,
    ],
    [
      '64-bit integers',
      { ...foreign(), x: { shape: [1], values: [0], dtype: 'I64' } },
      vocabulary,
      /F32, F16, BF16/,
    ],
  ];

  it.each(cases)('is refused in a sentence: %s', async (_, tensors, metadata, why) => {
    const attempt = imported(tensors, metadata);
    await expect(attempt).rejects.toThrow(UserFacingError);
    await expect(attempt).rejects.toThrow(why);
    await expect(attempt).rejects.toThrow(/^[A-Z][^\n]*\.$/);
  });

  it('is a model of ours, which can be used as it is', async () => {
    await writeModel(at('ours'), bareModel());
    await expect(importNetwork(at('ours'))).rejects.toThrow(/a model of Char-RNN already/);
  });

  it('is no file, a folder, or something else', async () => {
    await expect(importNetwork(at('missing'))).rejects.toThrow(UserFacingError);
    await expect(importNetwork(at('.'))).rejects.toThrow(/not a regular file|is a folder/);
    await writeFile(at('text'), 'no tensors at all');
    await expect(importNetwork(at('text'))).rejects.toThrow(/cannot be imported/);
  });
});
