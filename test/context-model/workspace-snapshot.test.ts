import fc from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import {
  type ContextModel,
  createContextModel,
  DamagedSnapshot,
  type SavedWorkspace,
  SnapshotOutdated,
} from '../../src/context-model/index.ts';
import { copyOf, listing, predictionsAlong, predictionsOf } from './texts.ts';

const korean = '값을 읽는다(파일, 줄);\n'.repeat(30) + '𝒳 = 𝒴;\n';

async function save(
  model: ContextModel,
): Promise<SavedWorkspace & { readonly shards: readonly Uint8Array[] }> {
  const saved = await model.withSnapshot((snapshot) => {
    const shards = Array.from({ length: snapshot.shards }, (_, index) => snapshot.shard(index).slice());
    return Promise.resolve({ files: snapshot.files, codePoints: snapshot.codePoints, shards });
  });
  return saved!;
}

async function learning(files: Readonly<Record<string, string>>): Promise<ContextModel> {
  const model = await createContextModel();
  for (const [name, text] of Object.entries(files)) model.learnFileNow(name, text);
  return model;
}

describe('a snapshot of a context model', () => {
  it('is restored to a model that predicts the same, and learns and forgets the same from there on', async () => {
    const text = fc.oneof(
      fc.string({ maxLength: 600, unit: 'grapheme' }),
      fc.nat(listing.length).map((at) => listing.slice(at).repeat(3)),
      fc.constant('x'.repeat(700) + korean),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async (texts) => {
        const model = await learning(Object.fromEntries(texts.map((each, i) => [`${i}.c`, each])));
        const saved = await save(model);
        const restored = await createContextModel(0, saved);
        expect([...saved.files.values()]).toEqual(texts);
        expect([restored.files, restored.characters]).toEqual([model.files, model.characters]);
        const changes: ((each: ContextModel) => Promise<void>)[] = [
          () => Promise.resolve(),
          (each) => each.learnFile('0.c', `${texts[0]}${listing}`),
          (each) => each.forgetFile('0.c'),
        ];
        for (const change of changes) {
          for (const each of [model, restored]) await change(each);
          expect(predictionsAlong(restored, listing)).toEqual(predictionsAlong(model, listing));
          expect(predictionsAlong(restored, korean)).toEqual(predictionsAlong(model, korean));
        }
        model.dispose();
        restored.dispose();
      }),
      { numRuns: 20 },
    );
  });

  it('of a restored model is the same again, however its table came about', async () => {
    const model = await learning({ 'a.c': listing.repeat(20), 'b.c': korean });
    model.learnFileNow('gone.c', listing.toUpperCase().repeat(40));
    await model.forgetFile('gone.c');
    const saved = await save(model);
    expect(await save(await createContextModel(0, saved))).toEqual(saved);
  });

  it('has nothing left of what was forgotten', async () => {
    const model = await learning({ 'a.c': listing });
    const alone = await save(model);
    model.learnFileNow('secret.c', 'xyzzy plugh\n'.repeat(9));
    await model.forgetFile('secret.c');
    const saved = await save(model);
    expect(saved.files).toEqual(alone.files);
    // A table that has grown stays as large; what it counts is the same.
    const counts = (shards: readonly Uint8Array[]) => shards.map((shard) => [...shard.subarray(4)]);
    expect(counts(saved.shards)).toEqual(counts(alone.shards));
  });

  it('leaves out what is not saved, and the file that is predicted in', async () => {
    const model = await learning({ 'a.c': listing, 'b.c': korean, 'c.c': listing.toUpperCase() });
    const unsaved = model.openDocument('b.c', korean);
    unsaved.share(`${korean}int file_count;\n`);
    predictionsOf(model.openDocument('c.c', listing.toUpperCase()), 900);
    await model.idle;
    const before = predictionsAlong(model, 'int file_count;');
    const saved = await save(model);
    expect([...saved.files.keys()]).toEqual(['a.c']);
    const restored = await createContextModel(0, saved);
    const alone = await learning({ 'a.c': listing });
    expect(predictionsAlong(restored, 'int file_count;')).toEqual(predictionsAlong(alone, 'int file_count;'));
    await model.idle;
    expect(predictionsAlong(model, 'int file_count;')).toEqual(before);
  });

  it('leaves out the file that a document shares, and has it known as before afterwards', async () => {
    const model = await learning({ 'a.c': listing, 'b.c': korean });
    const document = model.openDocument('b.c', korean, true);
    const expected = () => copyOf(document.reader(100).predict());
    expected();
    await model.idle;
    const before = expected();
    const saved = await save(model);
    expect([...saved.files.keys()]).toEqual(['a.c']);
    const alone = await learning({ 'a.c': listing });
    const restored = await createContextModel(0, saved);
    expect(predictionsAlong(restored, listing)).toEqual(predictionsAlong(alone, listing));
    await model.idle;
    expect(expected()).toEqual(before);
    document.dispose();
    await model.idle;
    expect([...(await save(model)).files.keys()]).toEqual(['a.c', 'b.c']);
  });

  it('gives nothing away at the cursor of a document whose file is saved meanwhile', async () => {
    const lines = (from: number) =>
      Array.from({ length: 200 }, (_, i) => `line ${(from + i) * 7919}\n`).join('');
    const text = `${lines(0)}the zebra\n${lines(200)}`;
    const model = await learning({ 'a.c': text });
    const document = model.openDocument('a.c', text, true);
    const cursor = text.indexOf('ebra');
    document.reader(cursor).predict();
    await model.withSnapshot(async () => {
      document.edit(0, 0, lines(400));
      await model.learnFile('a.c', lines(400) + text);
    });
    await model.idle;
    const predicted = copyOf(document.reader(cursor + lines(400).length).predict());
    expect(predicted.symbols[0]).not.toBe('e');
    model.dispose();
  });

  it('ends where anything changes while it is taken', async () => {
    const model = await learning({ 'a.c': listing });
    const taken = model.withSnapshot(async (snapshot) => {
      snapshot.shard(0);
      await model.learnFile('b.c', korean);
      return snapshot.shard(1);
    });
    await expect(taken).rejects.toThrow(SnapshotOutdated);
  });

  it('is taken when what is being learnt has been learnt', async () => {
    const model = await createContextModel();
    void model.learnFile('a.c', listing.repeat(200));
    void model.learnFile('b.c', korean);
    const saved = await save(model);
    expect([...saved.files.keys()]).toEqual(['a.c', 'b.c']);
    expect(saved).toEqual(await save(await learning({ 'a.c': listing.repeat(200), 'b.c': korean })));
  });

  it('is refused or restored where its bytes are damaged, and never read behind its end', async () => {
    const model = await learning({ 'a.c': listing.repeat(4), 'b.c': korean });
    const saved = await save(model);
    const damaged = fc.record({ shard: fc.nat(63), at: fc.nat(), byte: fc.nat(255), length: fc.nat() });
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(damaged, fc.boolean(), async ({ shard, at, byte, length }, isCut) => {
        const shards = saved.shards.map((each) => each.slice());
        const chosen = shards[shard];
        if (isCut) shards[shard] = chosen.subarray(0, length % chosen.length);
        else chosen[at % chosen.length] = byte;
        const restored = await createContextModel(0, { ...saved, shards }).catch((error: unknown) => {
          expect(error).toBeInstanceOf(Error);
          refused++;
        });
        if (!isCut) restored?.dispose();
        else expect(restored).toBeUndefined();
      }),
      { numRuns: 100 },
    );
    expect(refused).toBeGreaterThan(25);
    await expect(createContextModel(0, { ...saved, shards: saved.shards.slice(1) })).rejects.toThrow(
      'shards',
    );
    const twice = { ...saved, codePoints: [97, 97] };
    await expect(createContextModel(0, twice)).rejects.toThrow('symbol 2');
  });

  it('is refused where a shard has more contexts of one hash than there can be', async () => {
    const saved = await save(await learning({}));
    /** A shard of contexts with the greatest tag, that all were followed by symbol 1 once. */
    const shardOf = (contexts: number): number[] => [
      ...[contexts, 0, 0, 0],
      ...Array.from({ length: contexts }, (_, i) => [...(i === 0 ? [0xfe, 0xff, 3] : [0]), 1, 0, 1]).flat(),
    ];
    const withFirst = (contexts: number): SavedWorkspace => {
      const [first, ...others] = saved.shards;
      const bytes = Uint8Array.from([...shardOf(contexts), ...first.subarray(4)]);
      return { ...saved, shards: [bytes, ...others] };
    };
    await expect(createContextModel(0, withFirst(9))).resolves.toBeDefined();
    await expect(createContextModel(0, withFirst(250))).rejects.toThrow(DamagedSnapshot);
  });
});
