import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import { parameterShapes, readModel, writeModel } from '../../../src/model/index.ts';
import type { Cell, Model } from '../../../src/model/index.ts';
import { bareModel, fullModel, specification, training } from '../small-models.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const at = temporaryFolder();

describe('a model file', () => {
  it('round-trips bit for bit, with and without moments and state', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          cell: fc.constantFrom<Cell>('lstm', 'gru', 'rnn'),
          layers: fc.integer({ min: 1, max: 3 }),
          units: fc.integer({ min: 1, max: 7 }),
          embedding: fc.integer({ min: 0, max: 5 }),
          dropout: fc.constantFrom(0, 0.5),
          vocabularySize: fc.integer({ min: 2, max: 30 }),
          prior: fc.constantFrom(undefined, true),
        }),
        fc.nat(),
        fc.boolean(),
        fc.boolean(),
        async (spec, seed, withMoments, withState) => {
          const made = fullModel(spec, seed);
          const model = {
            ...made,
            optimizer: withMoments ? made.optimizer : null,
            state: withState ? made.state : null,
          };
          const path = at('round-trip');
          await writeModel(path, model);
          expect(await readModel(path)).toEqual(model);
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it('keeps tensors larger than a slice, and the exact bits of unusual values', async () => {
    const model = fullModel({ units: 300, vocabularySize: 20 });
    const bias = model.weights.get('decoder.bias');
    bias?.set([-0, 1e-45, -3.4028234663852886e38, 1.17549435e-38]);
    await writeModel(at('large'), model);
    const read = await readModel(at('large'));
    expect(read).toEqual(model);
    expect(Object.is(read.weights.get('decoder.bias')?.[0], -0)).toBe(true);
  });

  it('keeps symbols of every kind', async () => {
    const vocabulary = ['\uFFFD', '\u0002', '"', '\\', '\n', '\u0000', '\u2028', 'é', '한', '😀', '𝒳'];
    const model = { ...fullModel({ vocabularySize: vocabulary.length }), vocabulary };
    await writeModel(at('symbols'), model);
    expect((await readModel(at('symbols'))).vocabulary).toEqual(vocabulary);
  });

  it('is a safetensors file with aligned data and the one documented text', async () => {
    await writeModel(at('layout'), fullModel());
    const bytes = await readFile(at('layout'));
    const length = Number(bytes.readBigUInt64LE());
    expect(length % 8).toBe(0);
    const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<string, unknown>;
    const metadata = header['__metadata__'] as Record<string, string>;
    expect(Object.keys(metadata)).toEqual(['char-rnn']);
    const text = JSON.parse(metadata['char-rnn'] ?? '') as Record<string, unknown>;
    expect(Object.keys(text)).toEqual([
      'version',
      'specification',
      'vocabulary',
      'training',
      'optimizerSteps',
      'checksum',
    ]);
    expect(text['version']).toBe(1);
    expect(text['training']).toEqual(training);
    expect(header['embedding.weight']).toEqual({ dtype: 'F32', shape: [4, 1], data_offsets: [0, 16] });
    for (const [name, shape] of parameterShapes(specification)) {
      for (const key of [name, `optimizer.exp_avg.${name}`, `optimizer.exp_avg_sq.${name}`]) {
        expect(header[key]).toMatchObject({ dtype: 'F32', shape });
      }
    }
    expect(header['state.h']).toMatchObject({ shape: [1, 2, 2] });
    expect(header['state.c']).toMatchObject({ shape: [1, 2, 2] });
  });

  it('has the checksum that the documented recipe gives', async () => {
    await writeModel(at('checksum'), fullModel());
    const bytes = await readFile(at('checksum'));
    const digits = /checksum\\":\\"([0-9a-f]{64})/.exec(bytes.toString('latin1'))?.[1] ?? '';
    bytes.write('0'.repeat(64), bytes.indexOf(digits), 'latin1');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(digits);
  });
});

describe('writeModel', () => {
  it('keeps samples that look like its checksum', async () => {
    const texts = ['0'.repeat(200), `"checksum":"${'0'.repeat(64)}"`, `\\"checksum\\":\\"${'0'.repeat(64)}`];
    const samples = texts.map((text, step) => ({ step, epoch: 0, loss: 1, text }));
    const model = { ...bareModel(), training: { ...bareModel().training, samples } };
    await writeModel(at('zeros'), model);
    expect((await readModel(at('zeros'))).training.samples).toEqual(samples);
  });

  it('is read without samples where it has none', async () => {
    const training: Partial<Model['training']> = { ...bareModel().training };
    Reflect.deleteProperty(training, 'samples');
    await writeModel(at('older'), { ...bareModel(), training: training as Model['training'] });
    expect((await readModel(at('older'))).training.samples).toEqual([]);
  });

  it('replaces the old file as a whole and leaves nothing beside it', async () => {
    await mkdir(at('folder'));
    const path = at('folder/model');
    await writeModel(path, fullModel({}, 1));
    await writeModel(path, fullModel({}, 2));
    expect((await readModel(path)).weights).toEqual(fullModel({}, 2).weights);
    expect(await readdir(at('folder'))).toEqual(['model']);
  });

  it('makes the folder it is to write into', async () => {
    await writeModel(at('new/deep/model'), bareModel());
    expect(await readModel(at('new/deep/model'))).toEqual(bareModel());
  });

  it('writes through a symbolic link, also one that leads to nothing yet', async () => {
    await mkdir(at('elsewhere'));
    await symlink('elsewhere/real', at('link'));
    for (const seed of [1, 2]) {
      await writeModel(at('link'), fullModel({}, seed));
      expect(await readlink(at('link'))).toBe('elsewhere/real');
      expect((await lstat(at('elsewhere/real'))).isFile()).toBe(true);
      expect((await readModel(at('link'))).weights).toEqual(fullModel({}, seed).weights);
    }
  });

  it('keeps the permissions of the file it replaces', async () => {
    await writeFile(at('private'), '', { mode: 0o600 });
    await writeModel(at('private'), bareModel());
    expect((await stat(at('private'))).mode & 0o777).toBe(0o600);
  });

  it('can be called again before it is done', async () => {
    await Promise.all([1, 2, 3, 4].map((seed) => writeModel(at('busy'), fullModel({}, seed))));
    const { weights } = await readModel(at('busy'));
    expect([1, 2, 3, 4].map((seed) => fullModel({}, seed).weights)).toContainEqual(weights);
  });

  it('removes old temporary files of dead writers alone', async () => {
    await mkdir(at('stale'));
    const old = new Date(Date.now() - 3_600_000);
    const deadPid = 2 ** 30;
    for (const name of [
      `model.${deadPid}.0.tmp`,
      `model.${process.ppid}.0.tmp`,
      `model.${deadPid}.0.tmp.txt`,
      `other.${deadPid}.0.tmp`,
      'model.previous',
    ]) {
      await writeFile(at(`stale/${name}`), 'x');
      await utimes(at(`stale/${name}`), old, old);
    }
    await writeFile(at(`stale/model.${deadPid}.1.tmp`), 'fresh');
    await writeModel(at('stale/model'), bareModel());
    expect((await readdir(at('stale'))).sort()).toEqual(
      [
        'model',
        `model.${process.ppid}.0.tmp`,
        `model.${deadPid}.0.tmp.txt`,
        `model.${deadPid}.1.tmp`,
        'model.previous',
        `other.${deadPid}.0.tmp`,
      ].sort(),
    );
  });

  for (const [name, change, message] of [
    [
      'weights that are not finite',
      { weights: new Map(fullModel().weights).set('decoder.bias', new Float32Array([0, NaN, 0, 0])) },
      /diverged/,
    ],
    [
      'a negative second moment',
      { optimizer: withMoment('exp_avg_sq.decoder.bias', [0, -1, 0, 0]) },
      /diverged/,
    ],
    ['a missing weight', { weights: new Map() }, /embedding.weight is missing/],
    [
      'a tensor too many',
      { weights: new Map(fullModel().weights).set('x', new Float32Array()) },
      /does not call for/,
    ],
    [
      'a wrong size',
      {
        state: new Map([
          ['h', new Float32Array(4)],
          ['c', new Float32Array(3)],
        ]),
      },
      /state.c/,
    ],
    [
      'a vocabulary of another size',
      { vocabulary: ['\uFFFD', '\u0002', 'a'] },
      /3 symbols where the network has 4/,
    ],
    ['a loss that is not a number', { training: { ...training, losses: [{ step: 1, loss: NaN }] } }, /loss/],
  ] as [string, Partial<Model>, RegExp][]) {
    it(`refuses ${name} and keeps the old file`, async () => {
      const path = at('kept/model');
      await rm(dirname(path), { recursive: true, force: true });
      await writeModel(path, fullModel({}, 9));
      await expect(writeModel(path, { ...fullModel(), ...change })).rejects.toThrow(message);
      expect(await readModel(path)).toEqual(fullModel({}, 9));
      expect(await readdir(dirname(path))).toEqual(['model']);
    });
  }

  for (const [name, path, message] of [
    ['a folder', '.', /is a folder/],
    ['a place below a file', 'plain-file/model', /is a file and not a folder/],
    ['links in a circle', 'circle', /circle/],
    ['a name too long', 'x'.repeat(300), /too long/],
  ] as const) {
    it(`says in one sentence that it cannot write to ${name}`, async () => {
      await writeFile(at('plain-file'), 'x');
      await symlink('circle', at('circle')).catch(() => undefined);
      const failure = await writeModel(at(path), bareModel()).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(UserFacingError);
      expect((failure as Error).message).toMatch(message);
      expect((failure as Error).message).toMatch(/^The model .+ cannot be saved, because [^\n]+\.$/);
    });
  }

  it('says that the disk is full, and keeps the old file', async (context) => {
    const full = await promisify(execFile)('sh', [
      '-c',
      `mkdir -p ${at('disk')} && mount -t tmpfs -o size=64k none ${at('disk')}`,
    ]).then(
      () => true,
      () => false,
    );
    if (!full) return context.skip('needs the right to mount');
    try {
      await writeModel(at('disk/model'), bareModel());
      const failure = await writeModel(at('disk/model'), fullModel({ units: 200 })).catch(
        (error: unknown) => error,
      );
      expect(String(failure)).toMatch(/disk is full/);
      expect(await readModel(at('disk/model'))).toEqual(bareModel());
      expect(await readdir(at('disk'))).toEqual(['model']);
    } finally {
      await promisify(execFile)('umount', [at('disk')]);
    }
    return undefined;
  });
});

function withMoment(name: string, values: number[]): Model['optimizer'] {
  const moments = new Map(fullModel().optimizer?.moments);
  return { steps: 12, moments: moments.set(name, Float32Array.from(values)) };
}
