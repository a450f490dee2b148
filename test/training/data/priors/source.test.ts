import { afterEach, describe, expect, it } from 'vitest';
import { idsByCodePoint, Vocabulary } from '../../../../src/corpus/index.ts';
import { UserFacingError } from '../../../../src/common/errors.ts';
import { createContextModel } from '../../../../src/context-model/index.ts';
import { emptyPrior, fillRow, pack } from '../../../../src/training/data/priors/sparse-priors.ts';
import { PriorSource } from '../../../../src/training/data/priors/source.ts';
import { Streams, trainingSymbols } from '../../../../src/training/data/batch-streams.ts';
import { sourceFile } from '../../files.ts';

const files = [
  sourceFile('a.c', 'int add(int left, int right)\n{\n\treturn left + right;\n}\n'.repeat(3)),
  sourceFile('empty.c', ''),
  sourceFile('b.c', 'int subtract(int left, int right)\n{\n\treturn left - right;\n}\n'),
  sourceFile('c.c', 'int negate(int value)\n{\n\treturn -value;\n}\n'),
];
const heldOut = [sourceFile('d.c', 'int twice(int value)\n{\n\treturn value + value;\n}\n')];
const vocabulary = Vocabulary.fromTexts(files.map(({ text }) => text));
const signal = new AbortController().signal;

let source: PriorSource | undefined;
afterEach(() => source?.dispose());

async function start(asked: { batchSize: number; sequenceLength: number }) {
  const streams = new Streams(await trainingSymbols(files, vocabulary), asked);
  source = PriorSource.start(files, heldOut, vocabulary, streams);
  return { source, streams };
}

/** What the memory says along a file when it is asked itself. */
async function askedDirectly(name: string) {
  const memory = await createContextModel();
  for (const { path, text } of files) memory.learnFileNow(path, text);
  const file = [...files, ...heldOut].find(({ path }) => path.endsWith(name))!;
  return pack(memory.leaveOneOut(file.path, file.text), idsByCodePoint(vocabulary.symbols));
}

describe('PriorSource', () => {
  it('gives each prediction of a window what the memory says of it, out of fold', async () => {
    const { source, streams } = await start({ batchSize: 3, sequenceLength: 7 });
    const symbols = await trainingSymbols(files, vocabulary);
    const starts = [...symbols.keys()].filter((i) => symbols[i] === Vocabulary.startOfFile);
    const packed = await Promise.all(['a.c', 'b.c', 'c.c'].map(askedDirectly));
    let used = 0;
    for (let w = 0; w < streams.windows; w++) {
      await source.ready(w, signal);
      const window = streams.window(w);
      const prior = source.window(w);
      const rows = window.targets.length;
      const expected = emptyPrior(rows);
      for (let row = 0; row < rows; row++) {
        const [t, b] = [Math.floor(row / streams.batchSize), row % streams.batchSize];
        const target = b * streams.streamLength + w * streams.sequenceLength + t + 1;
        const file = starts.findLastIndex((from) => from <= target);
        if (window.targets[row] >= 0) fillRow(expected, row, packed[file], target - starts[file] - 1);
      }
      expect(prior).toEqual(expected);
      used += prior.symbols.filter((symbol) => symbol >= 0).length;
    }
    expect(used).toBeGreaterThan(500);
  });

  it('gives every stream priors, but not for the start of a file', async () => {
    const { source, streams } = await start({ batchSize: 2, sequenceLength: 5 });
    const rowsWithPrior = [0, 0];
    for (let w = 0; w < streams.windows; w++) {
      await source.ready(w, signal);
      const { symbols, entries } = source.window(w);
      streams.window(w).targets.forEach((target, row) => {
        const used = symbols.subarray(row * entries, (row + 1) * entries).some((symbol) => symbol >= 0);
        if (used) rowsWithPrior[row % 2]++;
        if (target < 0) expect(used).toBe(false);
      });
    }
    expect(Math.min(...rowsWithPrior)).toBeGreaterThan(50);
  });

  it('tells what is expected along files that are not learnt', async () => {
    const { source } = await start({ batchSize: 2, sequenceLength: 5 });
    expect(await source.heldOut()).toEqual([await askedDirectly('d.c')]);
  });

  it('tells how much is learnt, and read of the held-out files', async () => {
    const parts: number[] = [];
    const streams = new Streams(await trainingSymbols(files, vocabulary), {
      batchSize: 2,
      sequenceLength: 5,
    });
    source = PriorSource.start(files, heldOut, vocabulary, streams, (part) => parts.push(part));
    await source.ready(0, signal);
    expect(parts).toHaveLength(3);
    expect(parts[2]).toBeLessThan(1);
    await source.heldOut();
    expect(parts[3]).toBe(1);
  });

  it('prepares what the next epoch begins with before this one ends', async () => {
    const { source, streams } = await start({ batchSize: 2, sequenceLength: 5 });
    void source.prepare(streams.windows - 1);
    // Answered after what was asked for before.
    await source.heldOut();
    expect(source.prepare(0)).toEqual([]);
  });

  it('keeps what the next epoch begins with where there is no room for more', async () => {
    const streams = new Streams(await trainingSymbols(files, vocabulary), {
      batchSize: 1,
      sequenceLength: 5,
    });
    source = PriorSource.start(files, heldOut, vocabulary, streams, undefined, 0);
    await source.ready(streams.windows - 1, signal);
    // Answered after what was asked for before.
    await source.heldOut();
    void source.prepare(streams.windows - 1);
    expect(source.prepare(0)).toEqual([]);
  });

  it('gathers priors from a window on, through those before it, until it has all', async () => {
    const streams = new Streams(await trainingSymbols(files, vocabulary), {
      batchSize: 1,
      sequenceLength: 5,
    });
    source = PriorSource.start(files, heldOut, vocabulary, streams);
    const last = streams.windows - 1;
    expect([source.has(0), source.has(last)]).toEqual([false, false]);
    source.gather(last);
    // Answered after what was asked for before.
    await source.heldOut();
    expect(Array.from({ length: streams.windows }, (_, index) => source!.has(index))).not.toContain(false);
  });

  it('gathers a few files at a time, first those of the window', async () => {
    const many = Array.from({ length: 9 }, (_, i) => sourceFile(`${i}.c`, 'int add(int left)\n'));
    const streams = new Streams(await trainingSymbols(many, vocabulary), { batchSize: 1, sequenceLength: 5 });
    source = PriorSource.start(many, heldOut, vocabulary, streams);
    const middle = streams.windows >> 1;
    source.gather(middle);
    await source.heldOut();
    expect([source.has(0), source.has(middle)]).toEqual([false, true]);
    source.gather(middle);
    source.gather(middle);
    await source.heldOut();
    source.gather(middle);
    await source.heldOut();
    expect(source.has(0)).toBe(true);
  });

  it('counts the characters of the files that a window predicts', async () => {
    const { source, streams } = await start({ batchSize: 1, sequenceLength: 5 });
    expect(source.charactersAt(0)).toBe(files[0].characters);
    expect(source.charactersAt(streams.windows - 1)).toBe(files[3].characters);
  });

  it('fails with one sentence for people when the thread does', async () => {
    const streams = new Streams(await trainingSymbols(files, vocabulary), {
      batchSize: 2,
      sequenceLength: 5,
    });
    // No vocabulary has such symbols: the thread throws.
    const broken = { symbols: [undefined, undefined, undefined] } as unknown as Vocabulary;
    const started = PriorSource.start(files, heldOut, broken, streams);
    source = started;
    const failure = await started.ready(0, signal).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserFacingError);
    expect((failure as Error).message).toMatch(
      /^Training with the context model failed \(.+\); the last checkpoint is intact/,
    );
    // Steps of a warm-up wait for nothing, but shall not go on in vain.
    expect(() => started.prepare(0)).toThrow(failure);
  });

  it('stops waiting when it is aborted, and for good when it is disposed', async () => {
    const { source } = await start({ batchSize: 2, sequenceLength: 5 });
    const abort = new AbortController();
    const ready = source.ready(0, abort.signal);
    abort.abort(new Error('enough'));
    await expect(ready).rejects.toThrow('enough');
    source.dispose();
    await expect(source.ready(1, signal)).rejects.toThrow('not needed any more');
  });
});
