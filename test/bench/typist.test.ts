import { describe, expect, it } from 'vitest';
import { type, type TypingStyle } from '../../bench/typing/typist.ts';

/** What is typed where a text is suggested once, at the beginning. */
function keysFor(text: string, suggestion: string, accept: TypingStyle['accept']) {
  const request = (at: number) => ({
    request: {
      document: 'a',
      prefix: text.slice(0, at),
      atFileStart: true,
      suffix: '',
      languageId: 'c',
      indentation: { insertSpaces: false, tabSize: 4 },
      temperature: 0,
      seed: 0,
      maxLength: 80,
      eagerness: 'balanced' as const,
      explicit: false,
    },
    revision: 0,
  });
  const fresh = (at: number) => (at === 0 ? suggestion : undefined);
  const { keys, accepted, shown } = type({ text, request, fresh }, { reader: 0, accept });
  return { keys, accepted, shown };
}

describe('a person who takes suggestions', () => {
  it('takes a right one with one key, however it is taken', () => {
    expect(keysFor('int a;\n', 'int a;', 'full')).toEqual({ keys: 2, accepted: 1, shown: 1 });
  });

  it('takes the right beginning of a wrong one by words or by lines', () => {
    const text = 'int a;\nint b;\n';
    const suggestion = 'int a;\nint c;';
    expect(keysFor(text, suggestion, 'full').accepted).toBe(0);
    expect(keysFor(text, suggestion, 'line')).toEqual({ keys: 9, accepted: 1, shown: 1 });
    expect(keysFor(text, suggestion, 'word')).toEqual({ keys: 8, accepted: 1, shown: 1 });
  });
});
