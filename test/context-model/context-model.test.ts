import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContextModel, PRIOR_SYMBOLS } from '../../src/context-model/index.ts';
import { copyOf, listing, predictionsAlong, predictionsOf } from './texts.ts';

const texts = fc.array(
  fc.oneof(
    fc.constantFrom('if (', 'return ', 'count', '\n', '\t', ';', '😀', '\u4e2d', '\ud800'),
    fc.string(),
  ),
  { maxLength: 60 },
);
const text = texts.map((parts) => parts.join(''));

describe('a memory of files', () => {
  it('expects what it has seen', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('a.c', listing);
    const document = memory.openDocument('b.c', 'static int read_li');
    const { codePoints, logProbabilities } = document.reader().predict();
    expect(String.fromCodePoint(codePoints[0])).toBe('n');
    expect(logProbabilities[0]).toBeGreaterThan(Math.log(0.5));
  });

  it('lists falling probabilities that add up to one', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('a.c', listing);
    for (const { logs, rest, symbols, count } of predictionsAlong(memory, listing)) {
      const sum = logs.reduce((total, log) => total + Math.exp(log), rest);
      expect(sum).toBeCloseTo(1, 4);
      expect(rest).toBeGreaterThanOrEqual(0);
      expect(logs).toEqual([...logs].sort((a, b) => b - a));
      expect(new Set(symbols).size).toBe(count);
    }
  });

  it('forgets exactly: learning and unlearning files leaves what the others alone would have', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), text, async (kept, gone) => {
        const memory = await createContextModel();
        const fresh = await createContextModel();
        const all = `${kept.join('')}${gone}${listing} first`;
        // The alphabets must agree for equal candidates to come in equal order.
        memory.learnFileNow('gone', all);
        memory.learnFileNow('gone', gone);
        kept.forEach((each, i) => memory.learnFileNow(`kept${i}`, `${each} first`));
        kept.forEach((each, i) => memory.learnFileNow(`kept${i}`, each));
        await memory.forgetFile('gone');
        fresh.learnFileNow('gone', all);
        await fresh.forgetFile('gone');
        [...kept].reverse().forEach((each, i) => fresh.learnFileNow(`kept${kept.length - 1 - i}`, each));
        const along = kept.join('') + listing;
        expect(predictionsAlong(memory, along)).toEqual(predictionsAlong(fresh, along));
        memory.dispose();
        fresh.dispose();
      }),
      { numRuns: 25, seed: 1 },
    );
  });

  it('knows each file once, as it was given last', async () => {
    const memory = await createContextModel();
    await Promise.all([
      memory.learnFile('a', 'one'),
      memory.learnFile('a', 'seven'),
      memory.learnFile('b', 'x'),
    ]);
    expect([memory.files, memory.characters]).toEqual([2, 6]);
    await memory.forgetFile('a');
    await memory.forgetFile('never known');
    expect([memory.files, memory.characters]).toEqual([1, 1]);
  });

  it('leaves a file out while a document of its name is open', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('a.c', listing);
    const document = memory.openDocument('a.c', '');
    await memory.idle;
    const without = predictionsAlong(memory, listing);
    document.dispose();
    await memory.idle;
    const empty = await createContextModel();
    empty.learnFileNow('a.c', listing);
    await empty.forgetFile('a.c');
    expect(without).toEqual(predictionsAlong(empty, listing));
    expect(predictionsAlong(memory, listing)).not.toEqual(without);
  });

  it('gives priors that do not depend on having learnt the file, nor on what comes later in it', async () => {
    const priorsOf = async (known: string[], name: string, along: string) => {
      const memory = await createContextModel();
      for (const each of known) memory.learnFileNow(each, each === name ? listing : listing.slice(100));
      const pieces = [...memory.leaveOneOut(name, along)];
      return {
        positions: pieces.reduce((sum, { positions }) => sum + positions, 0),
        symbols: pieces.flatMap(({ codePoints }) => [...codePoints]),
        deltas: pieces.flatMap(({ deltas }) => [...deltas]),
      };
    };
    const learnt = await priorsOf(['b.c', 'a.c'], 'a.c', listing);
    const notLearnt = await priorsOf(['b.c'], 'a.c', listing);
    expect(learnt.positions).toBe(listing.length);
    expect(learnt).toEqual(notLearnt);
    const changed = await priorsOf(['b.c'], 'a.c', listing.slice(0, 200) + 'x'.repeat(50));
    const before = 201 * PRIOR_SYMBOLS;
    expect(changed.symbols.slice(0, before)).toEqual(learnt.symbols.slice(0, before));
    expect(changed.deltas.slice(0, before)).toEqual(learnt.deltas.slice(0, before));
    expect(Math.min(...learnt.deltas)).toBeGreaterThanOrEqual(0);
  });

  it('knows the file again after priors were asked for, even when they were not all read', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('a.c', listing);
    for (const piece of memory.leaveOneOut('a.c', listing.repeat(400))) {
      expect(piece.positions).toBe(4096);
      break;
    }
    const document = memory.openDocument('b.c', 'static int read_li');
    expect(String.fromCodePoint(document.reader().predict().codePoints[0])).toBe('n');
  });

  it('takes no more memory for work that comes and goes', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('a.c', listing.repeat(20));
    const work = async () => {
      memory.learnFileNow('b.c', listing.repeat(30));
      memory.openDocument('c.c', listing.repeat(30)).dispose();
      await memory.forgetFile('b.c');
    };
    await work();
    const { bytes } = memory;
    for (let i = 0; i < 20; i++) await work();
    expect(memory.bytes).toBe(bytes);
  });

  it('does nothing any more once disposed', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a', 'text');
    const learning = memory.learnFile('b', listing.repeat(100));
    memory.dispose();
    await learning;
    expect(() => document.reader()).toThrow('disposed');
    expect(() => memory.learnFileNow('c', '')).toThrow('disposed');
  });

  it.each([
    ['nothing', ''],
    ['one character', 'x'],
    ['a giant line', 'ab '.repeat(20_000)],
    ['one character very often', ' '.repeat(50_000)],
    ['characters above U+FFFF', '😀🎉'.repeat(50)],
    ['lone surrogates', '\ud800\udc00\udc00\ud800'],
    [
      'more symbols than there are ids',
      String.fromCodePoint(...Array.from({ length: 6000 }, (_, i) => 0x4e00 + i)),
    ],
  ])('reads %s', async (_name, odd) => {
    const memory = await createContextModel();
    memory.learnFileNow('a', odd);
    const document = memory.openDocument('b', odd);
    await memory.idle;
    expect(document.length).toBe(odd.length);
    expect(copyOf(document.reader().predict()).rest).toBeGreaterThanOrEqual(0);
    document.edit(0, odd.length, '');
    await memory.forgetFile('a');
    expect(copyOf(document.reader().predict()).count).toBe(0);
  });

  it('gives each code point a prior of its own, also where there is no room for its kind', async () => {
    const memory = await createContextModel();
    const letters = Array.from({ length: 5000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('');
    const text = `${letters}a😀b😀\n`;
    const pieces = [...memory.leaveOneOut('a', text)];
    expect(pieces.reduce((sum, { positions }) => sum + positions, 0)).toBe([...text].length);
  });

  it('says the same after the same history', async () => {
    const history = async () => {
      const memory = await createContextModel();
      memory.learnFileNow('a.c', listing);
      const document = memory.openDocument('b.c', '');
      document.type(0, 'int count = read_line(');
      return predictionsOf(document, 1);
    };
    expect(await history()).toEqual(await history());
  });
});
