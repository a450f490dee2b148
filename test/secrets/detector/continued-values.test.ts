import { describe, expect, it } from 'vitest';
import { follow } from '../../../src/secrets/detector/continued-values.ts';
import type { Expectation } from '../../../src/secrets/detector/finding.ts';
import type { TextKind } from '../../../src/secrets/text-kind.ts';

const value: Expectation = { form: 'value', indent: 0, strength: 'strong', blanks: 0 };
const mapping: Expectation = { form: 'mapping', indent: 0, strength: 'strong', lines: 0 };
const list: Expectation = { form: 'list', indent: 0, lines: 0, random: false };

describe('follow', () => {
  it.each<[string, Expectation, TextKind, string, boolean, string | undefined]>([
    ['a literal below its name', value, 'code', '  "swordfish";', true, 'joined'],
    ['a blank line', value, 'code', '', false, 'value'],
    ['another statement', value, 'code', 'return x;', false, undefined],
    ['a deeper word', value, 'config', '  swordfish', true, 'folded'],
    [
      'an operator',
      { form: 'operator', indent: 0, strength: 'strong' },
      'config',
      ': "swordfish"',
      true,
      'joined',
    ],
    [
      'a key between',
      { form: 'keyed value', indent: 0, lines: 0 },
      'config',
      '  type: x',
      false,
      'keyed value',
    ],
    [
      'the key value',
      { form: 'keyed value', indent: 0, lines: 0 },
      'config',
      '  value: swordfish',
      true,
      'folded',
    ],
    ['a line of a block', { form: 'block', indent: 0, lines: 0 }, 'config', '  any line', true, 'block'],
    ['the end of a block', { form: 'block', indent: 0, lines: 0 }, 'config', 'key: x', false, undefined],
    ['a user of a mapping', mapping, 'config', '  user: somebody', false, 'mapping'],
    ['a secret of a mapping', mapping, 'config', '  any: swordfish', true, 'mapping'],
    ['the end of a mapping', mapping, 'config', 'other: x', false, undefined],
    ['an element', list, 'code', '  "swordfish",', true, 'list'],
    ['a word of a grammar', { ...list, random: true }, 'code', '  "identifier",', false, 'list'],
    ['before a quote', { form: 'until', end: '"""', lines: 0 }, 'code', 'anything', true, 'until'],
    ['a closing quote', { form: 'until', end: '"""', lines: 0 }, 'code', 'anything"""', true, undefined],
    ['a delimiter', { form: 'until', end: 'EOF', lines: 0 }, 'config', 'EOF', false, undefined],
    ['a joined literal', { form: 'joined' }, 'code', '  + "more"', true, 'joined'],
    ['CDATA below its element', value, 'config', '  <![CDATA[swordfish]]>', true, 'folded'],
  ])('%s', (_, expected, kind, line, secret, next) => {
    const found = follow(expected, line, kind);
    expect([found.secret, found.next?.form]).toEqual([secret, next]);
  });
});
