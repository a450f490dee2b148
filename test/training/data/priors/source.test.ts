import { afterEach, describe, expect, it } from 'vitest';
import { idsByCodePoint, Vocabulary } from '../../../../src/corpus/index.ts';
import { UserFacingError } from '../../../../src/common/errors.ts';
import { createContextModel } from '../../../../src/context-model/index.ts';
import { pack } from '../../../../src/training/data/priors/sparse-priors.ts';
import { PriorSource } from '../../../../src/training/data/priors/source.ts';
import { sourceFile } from '../../files.ts';

const files = [
  sourceFile('a.c', 'int add(int left, int right)\n{\n\treturn left + right;\n}\n'.repeat(3)),
  sourceFile('b.c', 'int subtract(int left, int right)\n{\n\treturn left - right;\n}\n'),
  sourceFile('c.c', 'int negate(int value)\n{\n\treturn -value;\n}\n'),
];
const heldOut = [sourceFile('d.c', 'int twice(int value)\n{\n\treturn value + value;\n}\n')];
const vocabulary = Vocabulary.fromTexts(files.map(({ text }) => text));
const signal = new AbortController().signal;

let source: PriorSource | undefined;
afterEach(() => source?.dispose());

function start(
  onProgress?: (fraction: number) => void,
  symbols = vocabulary,
  wanted = [0, 1, 2],
): PriorSource {
  source = PriorSource.start(files, wanted, heldOut, symbols, onProgress);
  return source;
}

/** What the memory says along a file when it is asked itself. */
async function askedDirectly(name: string) {
  const memory = await createContextModel();
  for (const { path, text } of files) memory.learnFileNow(path, text);
  const file = [...files, ...heldOut].find(({ path }) => path.endsWith(name))!;
  return pack(memory.leaveOneOut(file.path, file.text), idsByCodePoint(vocabulary.symbols));
}

describe('PriorSource', () => {
  it('gives along each file what the memory says of it, out of fold', async () => {
    const source = start();
    await source.ready([2, 0, 1], signal);
    const names = ['a.c', 'b.c', 'c.c'];
    const expected = await Promise.all(names.map(askedDirectly));
    expect(names.map((_, file) => source.priorsOf(file))).toEqual(expected);
    expect(expected[0].symbols.length).toBeGreaterThan(500);
  });

  it('says what is expected along files that are not learnt', async () => {
    expect(await start().heldOut()).toEqual([await askedDirectly('d.c')]);
  });

  it('gives its thread only those files to read that are wanted', async () => {
    const source = start(undefined, vocabulary, [1]);
    await source.ready([1], signal);
    expect(source.priorsOf(1)).toEqual(await askedDirectly('b.c'));
    expect(await source.heldOut()).toEqual([await askedDirectly('d.c')]);
    await expect(source.ready([0], signal)).rejects.toThrow(UserFacingError);
  });

  it('reports how much is learnt, and read of the held-out files', async () => {
    const parts: number[] = [];
    const source = start((part) => parts.push(part));
    await source.ready([0], signal);
    expect(parts).toHaveLength(3);
    expect(parts[2]).toBeLessThan(1);
    await source.heldOut();
    expect(parts[3]).toBe(1);
  });

  it('computes what it is asked to prepare before what is asked for later, and once', async () => {
    const source = start();
    source.prepare([1]);
    source.prepare([1, 2]);
    await source.heldOut();
    expect(source.priorsOf(2)).toEqual(await askedDirectly('c.c'));
    const prepared = source.priorsOf(1);
    await source.ready([1], signal);
    expect(source.priorsOf(1)).toBe(prepared);
  });

  it('has no priors that were not asked for', async () => {
    const source = start();
    await source.ready([1], signal);
    expect(() => source.priorsOf(0)).toThrow('not there');
  });

  it('fails with one sentence for people when the thread does', async () => {
    // No vocabulary has such symbols: the thread throws.
    const broken = { symbols: [undefined, undefined, undefined] } as unknown as Vocabulary;
    const source = start(undefined, broken);
    const failure = await source.ready([0], signal).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserFacingError);
    expect((failure as Error).message).toMatch(
      /^Training with the context model failed \(.+\); the last checkpoint is intact/,
    );
    // Steps without priors wait for nothing, but shall not go on in vain.
    expect(() => source.prepare([])).toThrow(failure);
  });

  it('stops waiting when it is aborted, and for good when it is disposed', async () => {
    const source = start();
    const abort = new AbortController();
    const ready = source.ready([0], abort.signal);
    abort.abort(new Error('enough'));
    await expect(ready).rejects.toThrow('enough');
    source.dispose();
    await expect(source.ready([1], signal)).rejects.toThrow('not needed any more');
  });
});
