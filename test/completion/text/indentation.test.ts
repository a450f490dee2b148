import { describe, expect, it } from 'vitest';
import { columns, reindented } from '../../../src/completion/text/indentation.ts';

const spaces = (tabSize: number) => ({ insertSpaces: true, tabSize });
const tabs = { insertSpaces: false, tabSize: 4 };

describe('columns', () => {
  for (const { blank, want } of [
    { blank: '', want: 0 },
    { blank: '   ', want: 3 },
    { blank: '\t', want: 4 },
    { blank: '  \t', want: 4 },
    { blank: '\t  ', want: 6 },
  ]) {
    it(JSON.stringify(blank), () => expect(columns(blank, 4)).toBe(want));
  }
});

describe('indentation in the style of the document', () => {
  for (const { name, text, before = '', block, style, want } of [
    {
      name: 'tabs to spaces',
      text: '\n\t\ta\n\t\t\tb\n\t}',
      block: '  ',
      style: spaces(2),
      want: '\n    a\n      b\n  }',
    },
    {
      name: 'two spaces to tabs',
      text: '\n    a\n      b\n  }',
      block: '\t',
      style: tabs,
      want: '\n\t\ta\n\t\t\tb\n\t}',
    },
    {
      name: 'four spaces to tabs',
      text: '\n    a\n        b\n}',
      block: '',
      style: tabs,
      want: '\n\ta\n\t\tb\n}',
    },
    { name: 'a blank line', text: '\tfoo', style: spaces(4), want: '    foo' },
    { name: 'a line that is blank so far', text: '\tfoo', before: '    ', style: spaces(4), want: '    foo' },
    { name: 'not within a line', text: '\t= 1', before: 'x', style: spaces(4), want: '\t= 1' },
    {
      name: 'spaces of a document of spaces stay',
      text: '\n  a\n     b',
      block: '',
      style: spaces(4),
      want: '\n  a\n     b',
    },
    {
      name: 'spaces behind tabs align',
      text: '\n\ta(b,\n\t  c)',
      block: '',
      style: tabs,
      want: '\n\ta(b,\n\t  c)',
    },
    { name: 'one space before a star stays', text: '\n * a', block: '', style: tabs, want: '\n * a' },
  ]) {
    it(name, () => expect(reindented(text, before, block, style)).toBe(want));
  }
});
