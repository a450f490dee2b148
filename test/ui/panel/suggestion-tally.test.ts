import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CountsFile } from '../../../src/ui/panel/counts/counts-file.ts';
import { SuggestionTally } from '../../../src/ui/panel/counts/suggestion-tally.ts';
import { SUGGESTION_TAKEN } from '../../../src/ui/inline-completion/observer.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { untilPasses } from '../../until.ts';
import { fake, resetFake } from '../../vscode-fake/index.ts';
import { documentOf } from '../inline-completion/editor-document.ts';

const MINUTE_MS = 60_000;
const at = temporaryFolder();
let files = 0;
let path: string;
let tally: SuggestionTally;
let warnings: string[];
const log = { warn: (line: string) => void warnings.push(line) };

beforeEach(() => {
  resetFake();
  vi.useFakeTimers({ now: new Date(2026, 5, 15, 12), toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  warnings = [];
  path = at(`counts-${files++}.json`);
  tally = new SuggestionTally(new CountsFile(path), log);
});

afterEach(() => {
  tally.dispose();
  vi.useRealTimers();
});

const take = (text: string) =>
  fake.commands.get(SUGGESTION_TAKEN)!({ document: '/a.c', language: 'c', start: 4, text });
const change = (offset: number, removed: number, inserted: string) =>
  fake.events.textDocument.fire({
    document: { uri: { scheme: 'file', fsPath: '/a.c' } } as never,
    contentChanges: [{ rangeOffset: offset, rangeLength: removed, text: inserted }],
  });

describe('suggestions', () => {
  it('are counted when shown and taken, and five minutes later where they are still there', async () => {
    tally.noteShown('c');
    tally.noteShown('c');
    tally.noteShown('go');
    await take('𝑓(x);');
    await take('return 0;');
    expect(await tally.counts()).toMatchObject({
      today: {
        c: { shown: 2, taken: 2, characters: 14, judged: 0, kept: 0 },
        go: { shown: 1, taken: 0, characters: 0, judged: 0, kept: 0 },
      },
    });
    change(5, 1, 'h');
    fake.textDocuments = [documentOf('y = 𝑓h(x);return 0;')];
    vi.advanceTimersByTime(5 * MINUTE_MS);
    expect((await tally.counts()).today['c']).toEqual({
      shown: 2,
      taken: 2,
      characters: 14,
      judged: 2,
      kept: 1,
    });
  });

  it('are written together, without any text, and read in the next window', async () => {
    tally.noteShown('c');
    await take('secretName');
    vi.advanceTimersByTime(MINUTE_MS);
    await untilPasses(async () => expect(await readFile(path, 'utf8')).not.toContain('secret'));
    const next = new CountsFile(path);
    expect(await next.read()).toEqual({
      '2026-06-15': { c: { shown: 1, taken: 1, characters: 10, judged: 0, kept: 0 } },
    });
    await next.add(
      { '2026-06-15': { c: { shown: 5, taken: 0, characters: 0, judged: 0, kept: 0 } } },
      new Date(),
    );
    expect((await tally.counts()).week['c'].shown).toBe(6);
  });

  it('are forgotten by a button, and counted anew', async () => {
    await take('text');
    vi.advanceTimersByTime(MINUTE_MS);
    await untilPasses(() => readFile(path));
    let changes = 0;
    tally.onDidChange(() => changes++);
    await tally.forget();
    expect(changes).toBe(1);
    expect(await tally.counts()).toEqual({ today: {}, week: {}, weeks: {} });
    vi.advanceTimersByTime(5 * MINUTE_MS);
    expect(await tally.counts()).toEqual({ today: {}, week: {}, weeks: {} });
  });

  it('are kept where they cannot be written', async () => {
    tally.dispose();
    await writeFile(at('file'), '');
    tally = new SuggestionTally(new CountsFile(at('file/counts.json')), log);
    tally.noteShown('c');
    vi.advanceTimersByTime(MINUTE_MS);
    await untilPasses(() => expect(warnings[0]).toMatch(/not saved yet/));
  });

  it('of a torn file begin anew', async () => {
    await writeFile(path, '{"version":1,');
    expect(await tally.counts()).toEqual({ today: {}, week: {}, weeks: {} });
    await writeFile(path, 'null');
    expect(await tally.counts()).toEqual({ today: {}, week: {}, weeks: {} });
  });
});
