import { describe, expect, it } from 'vitest';
import type { SuggestionRequest } from '../../../src/completion/decode/suggest.ts';
import { TypedThrough } from '../../../src/completion/client/typed-through.ts';
import { atCursor } from '../cursor.ts';

const revision = 1;

function askedAt(text: string, changes: Partial<SuggestionRequest> = {}) {
  const request: SuggestionRequest = {
    document: 'file:///a',
    ...atCursor(text),
    atFileStart: true,
    indentation: { insertSpaces: true, tabSize: 4 },
    temperature: 0.3,
    seed: 0,
    maxLength: 80,
    eagerness: 'balanced',
    explicit: false,
    ...changes,
  };
  return { request, revision };
}

function remainder(shownAt: string, text: string, at: string, changes?: Partial<SuggestionRequest>) {
  const typedThrough = new TypedThrough();
  typedThrough.show(askedAt(shownAt), text);
  return typedThrough.remainderFor(askedAt(at, changes));
}

describe('typing what is shown', () => {
  for (const { name, at, want } of [
    { name: 'nothing typed', at: 'x = |\ny', want: 'foo(a);' },
    { name: 'the beginning typed', at: 'x = fo|\ny', want: 'o(a);' },
    { name: 'all of it typed', at: 'x = foo(a);|\ny', want: undefined },
    { name: 'something else typed', at: 'x = fa|\ny', want: undefined },
    { name: 'more than it typed', at: 'x = foo(a);;|\ny', want: undefined },
    { name: 'something deleted', at: 'x =|\ny', want: undefined },
    { name: 'text above changed', at: 'z = fo|\ny', want: undefined },
    { name: 'text below changed', at: 'x = fo|\nz', want: undefined },
    { name: 'a bracket closed by the editor', at: 'x = foo(|)\ny', want: 'a' },
    { name: 'something else inserted behind', at: 'x = foo(|b\ny', want: undefined },
  ]) {
    it(name, () => expect(remainder('x = |\ny', 'foo(a);', at)).toBe(want));
  }

  it('goes on over line ends', () => {
    expect(remainder('if (a) {|', '\n  b();\n}', 'if (a) {\n  |')).toBe('b();\n}');
  });

  for (const changes of [
    { document: 'file:///b' },
    { temperature: 0.4 },
    { maxLength: 81 },
    { eagerness: 'calm' },
    { atFileStart: false },
    { indentation: { insertSpaces: false, tabSize: 4 } },
  ] as Partial<SuggestionRequest>[]) {
    it(`ends with another ${Object.keys(changes)[0]}`, () => {
      expect(remainder('x = |', 'foo', 'x = f|', changes)).toBeUndefined();
    });
  }

  it('goes on behind the item of an open list as far as it begins with that', () => {
    expect(remainder('x = |', 'foo(a);', 'x = f|', { beginning: 'oo' })).toBe('oo(a);');
    expect(remainder('x = |', 'foo(a);', 'x = f|', { beginning: 'ormat' })).toBeUndefined();
  });

  it('ends with another model', () => {
    const typedThrough = new TypedThrough();
    typedThrough.show(askedAt('x = |'), 'foo');
    expect(typedThrough.remainderFor({ ...askedAt('x = f|'), revision: 2 })).toBeUndefined();
  });

  it('is nothing before anything was shown', () => {
    expect(new TypedThrough().remainderFor(askedAt('x|'))).toBeUndefined();
  });
});
