import fc from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { createContextModel, PRIOR_SYMBOLS, type DocumentModel } from '../../src/context-model/index.ts';
import { along, copyOf, listing, predictionsAlong, predictionsOf } from './texts.ts';

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

  it('leaves a file out where its own document is predicted in, and in no other', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('a.c', listing);
    const known = predictionsAlong(memory, listing);
    const document = memory.openDocument('a.c', '');
    await memory.idle;
    expect(predictionsAlong(memory, listing)).toEqual(known);
    const own = document.reader();
    own.predict();
    await memory.idle;
    const found = along(own, listing);
    const empty = await createContextModel();
    empty.learnFileNow('a.c', listing);
    await empty.forgetFile('a.c');
    expect(found).toEqual(predictionsAlong(empty, listing));
    document.dispose();
    await memory.idle;
    expect(predictionsAlong(memory, listing)).toEqual(known);
  });

  it('leaves out at once what stands near the cursor, and more with time', async () => {
    const memory = await createContextModel();
    const filler = Array.from({ length: 900 }, (_, i) => `line ${i * 7919}\n`).join('');
    memory.learnFileNow('a', `the zebra\n${filler}the unicorn\n${filler}`);
    const document = memory.openDocument('a', 'x');
    const next = (prefix: string): string => {
      const reader = document.reader(0);
      for (const character of prefix) reader.advance(character.codePointAt(0)!);
      return copyOf(reader.predict()).symbols;
    };
    expect(next('the zebr')).not.toContain('a');
    expect(next('the unicor')[0]).toBe('n');
    await memory.idle;
    expect(next('the unicor')).not.toContain('n');
  });

  it('knows nothing at the cursor of the character behind it in a document as its file, wherever it was edited', async () => {
    const memory = await createContextModel();
    const lines = (from: number) =>
      Array.from({ length: 200 }, (_, i) => `line ${(from + i) * 7919}\n`).join('');
    const text = `${lines(0)}the zebra\n${lines(200)}the unicorn\n${lines(400)}`;
    memory.learnFileNow('a', text);
    const document = memory.openDocument('a', text, true);
    const at = (place: string): number => text.indexOf(place);
    document.reader(at('ebra')).predict();
    document.edit(text.length - 300, 0, lines(600).slice(0, 500));
    document.edit(at('unicorn') + 20, 200, '');
    document.edit(10, 0, lines(800).slice(0, 700));
    const expected = (place: string): string => copyOf(document.reader(at(place) + 700).predict()).symbols[0];
    expect(expected('ebra\n')).not.toBe('e');
    expect(expected('nicorn\n')).not.toBe('n');
    // Where it is typed anew, what stood there is known again.
    document.edit(at('unicorn') + 700, 0, 'the zebra and the u');
    const reader = document.reader(at('unicorn') + 700 + 'the zebra and the u'.length);
    expect(copyOf(reader.predict()).symbols[0]).not.toBe('u');
    document.edit(document.length, 0, 'the unicor');
    expect(copyOf(document.reader().predict()).symbols[0]).toBe('n');
    await memory.idle;
    const other = memory.openDocument('b', 'the unicor');
    expect(copyOf(other.reader().predict()).symbols[0]).toBe('n');
    memory.dispose();
  });

  it('knows in a document as its file what stands far from the cursor, and what was deleted there', async () => {
    const memory = await createContextModel();
    const filler = Array.from({ length: 900 }, (_, i) => `line ${i * 7919}\n`).join('');
    const text = `the zebra\n${filler}the unicorn\n${filler}`;
    memory.learnFileNow('a', text);
    const document = memory.openDocument('a', text, true);
    const next = (typed: string): string => {
      const reader = document.reader(document.length);
      for (const character of typed) reader.advance(character.codePointAt(0)!);
      return copyOf(reader.predict()).symbols[0];
    };
    expect([next('the zeb'), next('the unic')]).toEqual(['r', 'o']);
    document.edit(0, 'the zebra\n'.length, '');
    expect(next('the zeb')).toBe('r');
    memory.learnFileNow('a', text.slice('the zebra\n'.length));
    expect([next('the zeb'), next('the unic')]).not.toContain('r');
    memory.dispose();
  });

  it('knows all of a document as its file when the file is forgotten', async () => {
    const memory = await createContextModel();
    const filler = Array.from({ length: 900 }, (_, i) => `line ${i * 7919}\n`).join('');
    const text = `the zebra\n${filler}`;
    memory.learnFileNow('a', text);
    const document = memory.openDocument('a', text, true);
    const next = (): string => {
      const reader = document.reader();
      for (const character of 'the zeb') reader.advance(character.codePointAt(0)!);
      return copyOf(reader.predict()).symbols[0];
    };
    expect(next()).toBe('r');
    await memory.forgetFile('a');
    await memory.idle;
    expect(next()).toBe('r');
    document.dispose();
    await memory.idle;
    expect(predictionsAlong(memory, listing).every(({ count }) => count === 0)).toBe(true);
    memory.dispose();
  });

  it('knows nothing of a document in one of the same name that is judged, nor of what the other shared with its file', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('a.c', listing);
    const written = memory.openDocument('a.c', listing, true);
    written.reader(40).predict();
    const judged = memory.openDocument('a.c', '');
    const nothing = await createContextModel();
    nothing.learnFileNow('a.c', listing);
    await nothing.forgetFile('a.c');
    const reader = judged.reader();
    reader.predict();
    await memory.idle;
    expect(along(reader, listing)).toEqual(predictionsAlong(nothing, listing));
    // The other document knows its text by itself then, and the same as one that was opened so.
    const found = predictionsOf(written);
    const alone = nothing.openDocument('b.c', listing);
    await memory.idle;
    await nothing.idle;
    expect(found).toEqual(predictionsOf(alone));
    judged.dispose();
    written.dispose();
    await memory.forgetFile('a.c');
    expect(predictionsAlong(memory, listing).every(({ count }) => count === 0)).toBe(true);
  });

  it('tells other documents what is typed in one, as long as it is open', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('a.c', 'int count;\n');
    const document = memory.openDocument('a.c', 'int count;\n');
    const other = memory.openDocument('b.c', 'int frobni');
    const next = (): string => copyOf(other.reader().predict()).symbols[0];
    document.edit(0, 0, 'int frobnicate;\n');
    document.share('int frobnicate;\nint count;\n');
    await memory.idle;
    expect(next()).toBe('c');
    memory.learnFileNow('a.c', 'int count; // saved\n');
    expect(next()).toBe('c');
    expect(memory.files).toBe(1);
    document.dispose();
    await memory.idle;
    expect(next()).not.toBe('c');
  });

  it('tells nothing of documents that are no files of the workspace, or are forgotten', async () => {
    const memory = await createContextModel();
    const secret = memory.openDocument('.env', 'TOKEN=');
    const unnamed = memory.openDocument(undefined, '');
    secret.share('TOKEN=abc\n');
    unnamed.share('TOKEN=abc\n');
    await memory.idle;
    const other = memory.openDocument('b', 'TOKEN=');
    const next = (): string => copyOf(other.reader().predict()).symbols;
    const nothing = next();
    expect(nothing).not.toContain('a');
    memory.learnFileNow('.env', 'TOKEN=\n');
    await memory.idle;
    expect(next()).toContain('a');
    await memory.forgetFile('.env');
    await memory.idle;
    expect(next()).toBe(nothing);
  });

  it('knows after files and documents have come and gone what it would have known without', async () => {
    const names = ['a', 'b', 'c'];
    const action = fc.record({
      name: fc.constantFrom(...names),
      what: fc.constantFrom(
        'learn',
        'forget',
        'open',
        'open as known',
        'edit',
        'share',
        'ask',
        'close',
        'wait',
      ),
      text,
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
        const memory = await createContextModel();
        const texts = new Map<string, string>();
        const documents = new Map<string, DocumentModel>();
        for (const { name, what, text: given, at } of actions) {
          const document = documents.get(name);
          if (what === 'learn') {
            texts.set(name, given);
            void memory.learnFile(name, given);
          } else if (what === 'forget') {
            texts.delete(name);
            void memory.forgetFile(name);
          } else if (what === 'open' && !document) {
            documents.set(name, memory.openDocument(name, given));
          } else if (what === 'open as known' && !document) {
            documents.set(name, memory.openDocument(name, texts.get(name) ?? given, true));
          } else if (what === 'edit' && document) {
            document.edit(Math.floor(at * document.length), 0, given);
          } else if (what === 'share') document?.share(given);
          else if (what === 'ask' && document) {
            document.reader(Math.floor(at * document.length)).predict();
          } else if (what === 'close') {
            document?.dispose();
            documents.delete(name);
          } else if (what === 'wait') await memory.idle;
        }
        for (const document of documents.values()) document.dispose();
        await memory.idle;
        for (const [name, known] of texts) {
          // Characters got their ids in another order, which orders equal candidates; so all are forgotten in the end.
          expect(memory.characters).toBeGreaterThanOrEqual(known.length);
          await memory.forgetFile(name);
        }
        expect(predictionsAlong(memory, listing).every(({ count }) => count === 0)).toBe(true);
        expect(memory.files).toBe(0);
        memory.dispose();
      }),
      { numRuns: 60, seed: 4 },
    );
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
    await memory.idle;
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
