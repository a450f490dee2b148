import { describe, expect, it } from 'vitest';
import type { EditMethod } from '../../../bench/edits/method.ts';
import { checkNoLookahead, emptyReplay, replay } from '../../../bench/edits/replay.ts';
import { rowsOf } from '../../../bench/edits/rows.ts';
import type { Job } from '../../../bench/edits/versions.ts';
import type { TextChange } from '../../../src/completion/predict/open-document.ts';

const requestDefaults = { temperature: 0, maxLength: 80, indentation: { insertSpaces: true, tabSize: 2 } };

/** Keeps the document, and suggests what `suggest` says of it. */
function method(suggest: (prefix: string) => string | undefined): EditMethod & { text: () => string } {
  let text = '';
  return {
    name: 'test',
    text: () => text,
    open: (_, opened) => void (text = opened),
    change: (_, { offset, removed, inserted }: TextChange) =>
      void (text = text.slice(0, offset) + inserted + text.slice(offset + removed)),
    forget: () => undefined,
    suggestions: ({ prefix, suffix, offset }) => {
      expect(text.slice(0, offset).endsWith(prefix)).toBe(true);
      expect(text.slice(offset).startsWith(suffix)).toBe(true);
      const suggested = suggest(prefix);
      const offer = suggested === undefined ? undefined : { text: suggested, confidence: 0.75 };
      return [offer, offer, offer];
    },
    byHand: ({ prefix }) => suggest(prefix),
  };
}

const job: Job = {
  path: 'a.ts',
  text: 'call(first);\nend();\n',
  edits: [
    { offset: 10, removed: 0, inserted: ', second' },
    { offset: 21, removed: 6, inserted: 'return now();' },
  ],
};

async function balanced(suggest: (prefix: string) => string | undefined, isAutoClosing = true) {
  const measured = emptyReplay();
  const made = method(suggest);
  await replay(made, job, { requestDefaults, isAutoClosing }, measured);
  expect(made.text()).toBe('call(first, second);\nreturn now();\n');
  return rowsOf('test', 'changed', measured).filter(
    ({ eagerness, reader, accept }) => eagerness === 'balanced' && reader === 0 && accept === 'full',
  );
}

describe('replay', () => {
  it('compares the probabilities that suggestions state to how often they are right', async () => {
    const measured = emptyReplay();
    const isRightOnce = (prefix: string) =>
      prefix.endsWith(', ') ? 'second' : prefix.endsWith(',') ? 'x' : undefined;
    await replay(method(isRightOnce), job, { requestDefaults, isAutoClosing: true }, measured);
    expect(measured.calibration.closers.rows()).toEqual([
      { from: 0.7, to: 0.8, count: 2, stated: 0.75, right: 0.5 },
    ]);
    expect(measured.calibration.end.rows()).toEqual([]);
  });

  it('types everything where nothing is suggested', async () => {
    expect(
      (await balanced(() => undefined)).map(({ position, characters, saved }) => [
        position,
        characters,
        saved,
      ]),
    ).toEqual([
      ['all', 21, 0],
      ['end', 12, 0],
      ['closers', 9, 0],
      ['middle', 0, 0],
    ]);
  });

  it('takes what is right with one key, at its position', async () => {
    const rows = await balanced((prefix) => (prefix.endsWith('(first') ? ', second' : undefined));
    expect(rows.map(({ position, saved, precision }) => [position, saved, precision])).toEqual([
      ['all', 7 / 21, 1],
      ['end', 0, 0],
      ['closers', 7 / 9, 1],
      ['middle', 0, 0],
    ]);
  });

  it('counts as wrong what goes past a closer that stands behind the cursor', async () => {
    const suggest = (prefix: string) => (prefix.endsWith('now(') ? ');' : undefined);
    expect((await balanced(suggest))[0]).toMatchObject({ saved: 0, precision: 0 });
    expect((await balanced(suggest, false))[0]).toMatchObject({ saved: 1 / 21, precision: 1 });
  });

  it('refuses a method that knows what is typed later', async () => {
    const long = { ...job, edits: [{ offset: 0, removed: 0, inserted: 'abcdefgh'.repeat(10) }] };
    const honest = method((prefix) => prefix.slice(-1));
    await expect(checkNoLookahead(honest, [long], requestDefaults)).resolves.toBeUndefined();
    let asked = 0;
    const cheat = method(() => `${asked++}`);
    await expect(checkNoLookahead(cheat, [long], requestDefaults)).rejects.toThrow(/not typed yet/);
  });
});
