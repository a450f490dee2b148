import { execFileSync } from 'node:child_process';
import { mkdir, open, readFile, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import { readModel, writeModel } from '../../../src/model/index.ts';
import { bareModel, fullModel } from '../small-models.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { seal, takeApart, textOf, withoutTensors } from './parts.ts';
import type { Json, Parts } from './parts.ts';

const at = temporaryFolder();

/** What reading says; fails unless it is one printable sentence for people that names the file. */
async function refusal(path: string): Promise<string> {
  const failure: unknown = await readModel(path).then(
    () => 'was read',
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(UserFacingError);
  const { message } = failure as Error;
  expect(message).toContain(path);
  expect(message).toMatch(/^[^\p{C}]+\.$/u);
  return message;
}

async function refusalOf(bytes: Uint8Array): Promise<string> {
  await writeFile(at('hostile'), bytes);
  return refusal(at('hostile'));
}

describe('a damaged model file', () => {
  it('is refused with any single bit flipped', async () => {
    const path = at('flipped');
    await writeModel(path, bareModel());
    const bytes = await readFile(path);
    const file = await open(path, 'r+');
    const accepted: string[] = [];
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const position = bit >> 3;
      const byte = bytes[position] ?? 0;
      await file.write(Uint8Array.of(byte ^ (1 << (bit & 7))), 0, 1, position);
      const outcome: unknown = await readModel(path).catch((error: unknown) => error);
      if (!(outcome instanceof UserFacingError))
        accepted.push(`bit ${bit & 7} of byte ${position}: ${String(outcome)}`);
      await file.write(Uint8Array.of(byte), 0, 1, position);
    }
    await file.close();
    expect(accepted).toEqual([]);
    expect(await readModel(path)).toEqual(bareModel());
  });

  it('is refused by a sentence whose clause is translated, too', async () => {
    await writeFile(at('empty'), '');
    const failure: unknown = await readModel(at('empty')).catch((error: unknown) => error);
    expect((failure as UserFacingError).sentence).toMatchObject({
      values: [at('empty'), { template: 'it is empty', values: [] }],
    });
  });

  it('is refused when cut at any length, or longer by a byte', async () => {
    const path = at('cut');
    await writeModel(path, bareModel());
    const bytes = await readFile(path);
    await writeFile(path, Buffer.concat([bytes, Buffer.alloc(1)]));
    expect(await refusal(path)).toMatch(/bytes of tensors/);
    for (let length = bytes.length - 1; length >= 0; length--) {
      await truncate(path, length);
      await refusal(path);
    }
    expect(await refusal(path)).toMatch(/it is empty/);
  });
});

describe('what is no model file', () => {
  it('is refused by name: missing, a folder, a pipe, other kinds of file', async () => {
    expect(await refusal(at('missing'))).toMatch(/^There is no model file .*; train a model first/);
    await mkdir(at('folder'));
    expect(await refusal(at('folder'))).toMatch(/is a folder/);
    expect(await refusal(at('hostile/below'))).toMatch(/no model file|not a folder/);
    expect(await refusalOf(Buffer.from('PK'))).toMatch(/too short/);
    expect(await refusalOf(Buffer.from('#!/bin/sh\necho this is a script\n'))).toMatch(
      /header would end beyond/,
    );
    expect(await refusalOf(Buffer.alloc(5000))).toMatch(/header is not a JSON object/);
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [at('pipe')]);
      expect(await refusal(at('pipe'))).toMatch(/not a regular file/);
      expect(await refusal('/dev/zero')).toMatch(/not a regular file/);
    }
  });

  it('is refused when huge, without reading it', async () => {
    await writeFile(at('huge'), '');
    await truncate(at('huge'), 2 ** 31 + 1);
    expect(await refusal(at('huge'))).toMatch(/larger than any model/);
  });
});

describe('a header made to harm', () => {
  const length = (value: bigint): Buffer => {
    const bytes = Buffer.alloc(64, ' ');
    bytes.writeBigUInt64LE(value);
    return bytes;
  };

  it('is not allocated by', async () => {
    for (const value of [2n ** 64n - 1n, 2n ** 63n, 2n ** 53n, 2n ** 31n, 57n]) {
      expect(await refusalOf(length(value))).toMatch(/header would end beyond/);
    }
    await writeFile(at('sparse'), length(2n ** 30n));
    await truncate(at('sparse'), 2 ** 31);
    expect(await refusal(at('sparse'))).toMatch(/header would be longer than any/);
  });

  for (const [name, text, message] of [
    ['broken JSON', '{"a": ', /not JSON/],
    ['a list', '[]', /not a JSON object/],
    ['leading space', ' {}', /not a JSON object/],
    ['no metadata', '{}', /without char-rnn metadata/],
    ['metadata that is a number', '{"__metadata__": 3}', /__metadata__ must be an object/],
    ['metadata that is null', '{"__metadata__": {"char-rnn": null}}', /must be a text/],
    ['metadata that is no JSON', '{"__metadata__": {"char-rnn": "{"}}', /not JSON/],
    ['metadata without a version', '{"__metadata__": {"char-rnn": "[1]"}}', /version must be/],
    ['deep lists', `{"a": ${'['.repeat(1_000_000)}`, /nested too deeply/],
    ['deep objects', '{"a":'.repeat(300_000), /nested too deeply/],
    ['deep metadata', `{"__metadata__": {"char-rnn": "${'['.repeat(1_000_000)}"}}`, /nested too deeply/],
    ['a million quotes', `{"${'\\"'.repeat(1_000_000)}`, /not JSON/],
    ['a name twice', '{"a": 1, "b": {"a": 1}, "\\u0061": 2}', /name a twice/],
    ['a terminal’s commands', '{"\\u001b[2J\\n": 1}', /the tensor \?\[2J\? must be an object/],
    ['an endless name', `{"${'n'.repeat(100_000)}": 1}`, /n{200}…/],
  ] as const) {
    it(`is refused: ${name}`, async () => {
      expect(await refusalOf(seal(text, Buffer.alloc(0)))).toMatch(message);
    });
  }

  it('is refused when it is not UTF-8', async () => {
    const bytes = seal('{"a": 1}', Buffer.alloc(0));
    bytes[10] = 0xff;
    expect(await refusalOf(bytes)).toMatch(/not UTF-8/);
  });
});

describe('a model file with a correct checksum but wrong content', () => {
  const cases: [name: string, change: (parts: Parts) => void, message: RegExp][] = [
    ['a later version', (p) => (p.metadata['version'] = 2), /made by a newer Char-RNN; update/],
    [
      'a later version with fields of its own',
      (p) => Object.assign(p.metadata, { version: 7, memory: {} }),
      /newer/,
    ],
    ['version 0', (p) => (p.metadata['version'] = 0), /version must be/],
    ['an unknown field', (p) => (p.metadata['extra'] = 1), /unknown field extra/],
    ['a second text', (p) => (p.header['__metadata__'] = { 'char-rnn': '', format: 'pt' }), /unknown fields/],
    ['units of 1e308', (p) => specify(p, { units: 1e308 }), /units must be/],
    ['negative units', (p) => specify(p, { units: -2 }), /units must be/],
    ['a larger network', (p) => specify(p, { units: 4096, layers: 8 }), /rnn.weight_ih_l0 has shape/],
    ['another layer', (p) => specify(p, { layers: 2 }), /rnn.weight_ih_l1 is missing/],
    ['a prior that is not there', (p) => specify(p, { prior: true }), /prior.weight is missing/],
    ['a prior of yes', (p) => specify(p, { prior: 'yes' }), /prior must be true or false/],
    ['another cell', (p) => specify(p, { cell: 'gru' }), /shape/],
    ['no embedding', (p) => specify(p, { embedding: 0 }), /shape/],
    ['a vocabulary too long', (p) => (p.metadata['vocabulary'] as string[]).push('z'), /5 symbols where/],
    ['a vocabulary that is no list', (p) => (p.metadata['vocabulary'] = 'abcd'), /vocabulary must be a list/],
    ['a symbol twice', (p) => ((p.metadata['vocabulary'] as string[])[3] = 'a'), /symbol|vocabulary/i],
    ['a symbol of two', (p) => ((p.metadata['vocabulary'] as string[])[3] = 'ab'), /symbol|vocabulary/i],
    ['a symbol that is none', (p) => ((p.metadata['vocabulary'] as unknown[])[3] = 7), /symbol|vocabulary/i],
    ['a training record without steps', (p) => record(p, { steps: undefined }), /steps must be/],
    ['a negative loss', (p) => record(p, { losses: [{ step: 1, loss: -1 }] }), /loss must be/],
    [
      'more samples than are kept',
      (p) =>
        record(p, { samples: Array.from({ length: 65 }, () => ({ step: 1, epoch: 0, loss: 1, text: '' })) }),
      /samples must be at most 64/,
    ],
    [
      'a sample without end',
      (p) => record(p, { samples: [{ step: 1, epoch: 0, loss: 1, text: 'x'.repeat(1001) }] }),
      /text must be a text of at most 1000/,
    ],
    ['a sample that is a text', (p) => record(p, { samples: ['x'] }), /a sample must be an object/],
    ['no list of samples', (p) => record(p, { samples: { length: 0 } }), /samples must be a list/],
    [
      'a random state of zeros',
      (p) => record(p, { resume: { fingerprint: '', windowsDone: 0, random: [0, 0, 0, 0] } }),
      /random must be/,
    ],
    ['a time that is none', (p) => record(p, { savedAt: '2026-13-99T00:00:00Z' }), /savedAt/],
    ['an engine with a long name', (p) => record(p, { engine: 'x'.repeat(101) }), /engine must be a text/],
    ['moments without a step count', (p) => (p.metadata['optimizerSteps'] = null), /does not belong/],
    ['moments of another optimiser', (p) => record(p, { optimizer: 'rmsprop' }), /square_avg.* is missing/],
    [
      'a moment missing',
      (p) => rename(p, 'optimizer.exp_avg.decoder.bias', 'a'),
      /exp_avg.decoder.bias is missing/,
    ],
    ['half a state', (p) => rename(p, 'state.h', 'a'), /does not belong/],
    ['half a state, the other way', (p) => rename(p, 'state.c', 'a'), /state.c is missing/],
    ['a tensor named __proto__', (p) => rename(p, 'state.c', '__proto__'), /state.c is missing/],
    ['64-bit floats', (p) => (tensor(p, 'decoder.bias')['dtype'] = 'F64'), /not of 32-bit floats/],
    ['half floats', (p) => (tensor(p, 'decoder.bias')['dtype'] = 'F16'), /not of 32-bit floats/],
    ['a negative size', (p) => (tensor(p, 'decoder.bias')['shape'] = [-4]), /dimension of decoder.bias/],
    [
      'negative sizes with a right product',
      (p) => (tensor(p, 'decoder.weight')['shape'] = [-4, -2]),
      /dimension/,
    ],
    ['a size of 1e308', (p) => (tensor(p, 'decoder.bias')['shape'] = [1e308]), /dimension/],
    [
      'sizes whose product overflows',
      (p) => (tensor(p, 'decoder.bias')['shape'] = [2 ** 40, 2 ** 40]),
      /not match/,
    ],
    ['a fractional size', (p) => (tensor(p, 'decoder.bias')['shape'] = [4.5]), /dimension/],
    [
      'a transposed shape',
      (p) => (tensor(p, 'decoder.weight')['shape'] = [2, 4]),
      /has shape \[2,4\] instead of \[4,2\]/,
    ],
    ['a shape that is no list', (p) => (tensor(p, 'decoder.bias')['shape'] = '4'), /must be a list/],
    ['offsets backwards', (p) => (tensor(p, 'decoder.bias')['data_offsets'] = [16, 0]), /not match/],
    ['three offsets', (p) => (tensor(p, 'embedding.weight')['data_offsets'] = [0, 16, 16]), /not match/],
    ['overlapping offsets', (p) => (tensor(p, 'decoder.bias')['data_offsets'] = [0, 16]), /does not follow/],
    ['a tensor with a field of its own', (p) => (tensor(p, 'decoder.bias')['x'] = 1), /unknown field x/],
    ['data left over', (p) => (p.data = Buffer.concat([p.data, Buffer.alloc(4)])), /bytes of tensors/],
    [
      'NaN weights',
      (p) => p.data.writeUInt32LE(0x7fc00000, 0),
      /embedding.weight has values that are not finite/,
    ],
    ['infinite weights', (p) => p.data.writeUInt32LE(0xff800000, 0), /not finite/],
    ['infinite moments', (p) => writeInto(p, 'optimizer.exp_avg.decoder.bias', Infinity), /not finite/],
    [
      'negative second moments',
      (p) => writeInto(p, 'optimizer.exp_avg_sq.decoder.bias', -1e-30),
      /negative values/,
    ],
    ['an infinite state', (p) => writeInto(p, 'state.c', -Infinity), /state.c has values/],
  ];

  for (const [name, change, message] of cases) {
    it(`is refused: ${name}`, async () => {
      await writeModel(at('whole'), fullModel());
      const parts = await takeApart(at('whole'));
      change(parts);
      const text = name === 'a second text' ? JSON.stringify(parts.header) : textOf(parts);
      expect(await refusalOf(seal(text, parts.data))).toMatch(message);
    });
  }

  it('is read when nothing was changed, so that the cases above fail for their reason', async () => {
    await writeModel(at('whole'), fullModel());
    const parts = await takeApart(at('whole'));
    writeInto(parts, 'optimizer.exp_avg_sq.decoder.bias', -0);
    await writeFile(at('resealed'), seal(textOf(parts), parts.data));
    expect((await readModel(at('resealed'))).weights).toEqual(fullModel().weights);
  });

  it.each([
    ['prior.decoder.bias', /tensor prior.decoder.bias is missing/],
    ['optimizer.exp_avg.prior.decoder.weight', /tensor optimizer.exp_avg.prior.decoder.weight is missing/],
    ['prior.gate', /tensor prior.gate is missing/],
  ])('is refused when it lacks %s alone, a part of the joint output layer', async (name, message) => {
    await writeModel(at('joint'), fullModel({ prior: true }));
    const parts = withoutTensors(await takeApart(at('joint')), (other) => other === name);
    expect(await refusalOf(seal(textOf(parts), parts.data))).toMatch(message);
  });

  it('is refused when the checksum stands twice, or nowhere as it should', async () => {
    await writeModel(at('whole'), fullModel());
    const parts = await takeApart(at('whole'));
    record(parts, { engineReason: '0'.repeat(64) });
    expect(await refusalOf(seal(textOf(parts), parts.data))).toMatch(/checksum/);
    parts.metadata['checksum'] = 'x';
    const text = JSON.stringify({
      ...parts.header,
      __metadata__: { 'char-rnn': JSON.stringify(parts.metadata) },
    });
    expect(await refusalOf(seal(text, parts.data))).toMatch(/64 hexadecimal digits/);
  });
});

function specify(parts: Parts, change: Json): void {
  Object.assign(parts.metadata['specification'] as Json, change);
}

function record(parts: Parts, change: Json): void {
  Object.assign(parts.metadata['training'] as Json, change);
}

function tensor(parts: Parts, name: string): Json {
  return parts.header[name] as Json;
}

function rename(parts: Parts, from: string, to: string): void {
  parts.header = Object.fromEntries(
    Object.entries(parts.header).map(([name, v]) => [name === from ? to : name, v]),
  );
}

function writeInto(parts: Parts, name: string, value: number): void {
  parts.data.writeFloatLE(value, (tensor(parts, name)['data_offsets'] as number[])[0]);
}
