import { describe, expect, it } from 'vitest';
import {
  FEATURES,
  RatedText,
  WorkspaceWords,
  type LineBits,
  type TokenSyntax,
} from '../../src/surprise/index.ts';
import { Judge } from '../../src/surprise/judge.ts';

const SYNTAX: TokenSyntax = {
  lineComments: ['//'],
  blockComments: [],
  quotes: '"',
  hasCharacterQuote: false,
};

const known = Array.from(
  { length: 40 },
  (_, i) => `  const index${i} = readIndex(buffer, offset);\n  if (index${i} == null) return;\n`,
).join('');

function workspace(): WorkspaceWords {
  const words = new WorkspaceWords();
  words.learn('/w/a.ts', known, SYNTAX);
  return words;
}

/** As of a predictor that expects everything. */
function certain(line: string): LineBits {
  const zeros = new Float32Array(line.length);
  return { actual: zeros, best: zeros };
}

/** As of one that expected something else at a unit, and knew little of the two behind it. */
function surprisedAt(line: string, unit: number): LineBits {
  const bits = certain(line);
  bits.actual.set([10, 5, 3], unit);
  return bits;
}

function rate(text: string, line: number, words = workspace()) {
  const lines = text.split(/(?<=\n)/);
  return RatedText.read(text, SYNTAX, words).rate(line, certain(lines[line]));
}

describe('RatedText', () => {
  const text = `function f(buffer, offset) {\n  const index = readIndex(buffer, offset);\n\n  return index;\n}\n`;

  it('has one line for each, and nothing to say of a blank one', () => {
    expect(RatedText.read(text, SYNTAX, workspace()).lines).toBe(5);
    expect(rate(text, 2)).toBeUndefined();
  });

  it('finds a word that is spelt almost like a frequent one, and says which', () => {
    const wrong = text.replace('readIndex', 'raedIndex');
    const right = rate(text, 1)!;
    const line = wrong.split(/(?<=\n)/)[1];
    const bits = surprisedAt(line, line.indexOf('edIndex'));
    const found = RatedText.read(wrong, SYNTAX, workspace()).rate(1, bits)!;
    expect(found.surprise).toBeGreaterThan(right.surprise + 2);
    expect(found.worst).toMatchObject({ start: 16, end: 25, expected: 'readIndex' });
  });

  it('is less surprised by a word that other lines of the text use', () => {
    const once = text.replace('readIndex', 'raedIndex');
    const often = `${once}${'  const again = raedIndex(buffer, offset);\n'.repeat(8)}`;
    expect(rate(often, 1)!.surprise).toBeLessThan(rate(once, 1)!.surprise);
  });

  it('adds up the bits of the tokens of a line', () => {
    const found = rate(text.replace('readIndex', 'raedIndex'), 1)!;
    const marked = found.tokens.reduce((sum, token) => sum + token.surprise, 0);
    expect(found.surprise).toBeGreaterThanOrEqual(marked);
    expect(found.surprise).toBeGreaterThanOrEqual(found.worst.surprise);
  });

  it('names what the predictor expected where neighbours and spelling say nothing', () => {
    const lines = `${'break;\n'.repeat(20)}zzz;\n`;
    const actual = Float32Array.of(12, 9, 9, 1, 0);
    const best = Float32Array.of(0.1, 1, 1, 1, 0);
    const rated = RatedText.read(lines, SYNTAX, new WorkspaceWords());
    const found = rated.rate(20, { actual, best }, () => ({ offset: 0, text: 'break' }));
    expect(found!.worst).toMatchObject({ start: 0, end: 3, expected: 'break', bits: 30 });
  });
});

describe('WorkspaceWords', () => {
  it('forgets a file as if it had never been known', () => {
    const words = workspace();
    const id = words.ids.find('readIndex');
    expect(words.counts.of(id)).toBe(40);
    words.learn('/w/a.ts', 'readIndex(a);\n', SYNTAX);
    expect(words.counts.of(id)).toBe(1);
    words.forget('/w/a.ts');
    expect([words.counts.of(id), words.counts.tokens, words.frequencyOfPart('read')]).toEqual([0, 0, 0]);
  });
});

describe('Judge', () => {
  it('gives bits of at least 0, more for a larger gap', () => {
    const features = (gap: number) => {
      const values = new Float32Array(FEATURES.length);
      values[FEATURES.indexOf('gap')] = gap;
      values[FEATURES.indexOf('bits')] = gap;
      values[FEATURES.indexOf('word')] = 1;
      values[FEATURES.indexOf('inText')] = 3;
      return values;
    };
    const judge = new Judge();
    expect(judge.surprise(features(0))).toBeGreaterThanOrEqual(0);
    expect(judge.surprise(features(14))).toBeGreaterThan(judge.surprise(features(0)));
  });

  it('refuses weights that are for other features', () => {
    const other = { features: ['gap'], hidden: [[1]], bias: [0], output: [1], outputBias: 0 };
    expect(() => new Judge(other)).toThrow('for other features');
  });
});
