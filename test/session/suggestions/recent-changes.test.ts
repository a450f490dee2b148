import { beforeEach, describe, expect, it } from 'vitest';
import { RecentChanges } from '../../../src/session/suggestions/recent-changes.ts';

let recent: RecentChanges;

beforeEach(() => (recent = new RecentChanges()));

const type = (offset: number, inserted: string) => recent.note('a', [{ offset, removed: 0, inserted }]);
const remove = (offset: number, removed: number) => recent.note('a', [{ offset, removed, inserted: '' }]);
const undo = (offset: number, removed: number, inserted = '') =>
  recent.note('a', [{ offset, removed, inserted, isRestored: true }]);

describe('while text is taken away', () => {
  it('nobody wants suggestions in that document, until something is typed', () => {
    type(0, 'a');
    expect(recent.isQuiet('a')).toBe(false);
    remove(0, 1);
    expect([recent.isQuiet('a'), recent.isQuiet('b')]).toEqual([true, false]);
    recent.note('a', []);
    expect(recent.isQuiet('a')).toBe(true);
    type(0, 'b');
    expect(recent.isQuiet('a')).toBe(false);
  });

  it('undo and redo are no typing, replacing a selection is', () => {
    undo(0, 0, 'back');
    expect(recent.isQuiet('a')).toBe(true);
    recent.note('a', [{ offset: 0, removed: 4, inserted: 'x' }]);
    expect(recent.isQuiet('a')).toBe(false);
  });
});

describe('what was undone', () => {
  beforeEach(() => {
    type(4, 'foo(a);\r\nbar');
    undo(4, 12);
  });

  it('is not suggested again there, nor its beginning, nor more', () => {
    expect(recent.isUndone('a', 'foo(a);\nbar')).toBe(true);
    expect(recent.isUndone('a', 'foo(a);')).toBe(true);
    expect(recent.isUndone('a', 'foo(a);\nbarbar')).toBe(true);
    expect(recent.isUndone('a', 'fool')).toBe(false);
    expect(recent.isUndone('b', 'foo(a);')).toBe(false);
  });

  it('stays away while it is typed along', () => {
    type(4, 'f');
    type(5, 'oo');
    expect(recent.isUndone('a', '(a);')).toBe(true);
    expect(recent.isUndone('a', 'foo')).toBe(false);
  });

  it.each([
    ['another character is typed', () => type(4, 'g')],
    ['something is typed elsewhere', () => type(9, 'f')],
    ['something is taken away', () => remove(3, 1)],
    ['it is redone', () => undo(4, 0, 'foo(a);\r\nbar')],
  ])('is forgotten when %s', (_, change) => {
    change();
    expect(recent.isUndone('a', 'foo(a);')).toBe(false);
  });

  it('was inserted last', () => {
    type(4, 'foo');
    type(9, 'x');
    undo(4, 3);
    expect(recent.isUndone('a', 'foo')).toBe(false);
  });
});
