import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { NetworkPredictor } from '../../../src/completion/predict/network-predictor.ts';
import { Suggester } from '../../../src/completion/decode/suggest.ts';
import type { SuggestionRequest } from '../../../src/completion/decode/suggest.ts';
import { atCursor } from '../cursor.ts';
import { NgramStepper, vocabularyOf } from '../ngram-stepper.ts';

const tabs = { insertSpaces: false, tabSize: 8 };
const spaces = (tabSize: number) => ({ insertSpaces: true, tabSize });

function requestAt(document: string, options: Partial<SuggestionRequest> = {}): SuggestionRequest {
  return {
    document: 'file:///a',
    ...atCursor(document),
    atFileStart: true,
    indentation: tabs,
    temperature: 0,
    seed: 0,
    maxLength: 200,
    eagerness: 'eager',
    explicit: false,
    ...options,
  };
}

function suggesterOf(learnt: string, certainty = 0.999) {
  const vocabulary = vocabularyOf(learnt);
  const stepper = new NgramStepper(vocabulary, learnt, certainty);
  return { suggester: new Suggester(new NetworkPredictor(stepper, vocabulary)), stepper };
}

const c = `static int init(struct device *dev)
{
	struct data *data = dev_get_drvdata(dev);

	if (!data) {
		pr_err("no data\\n");
		return -EINVAL;
	}
	return 0;
}
`;
const typescript = `export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) {
    total += value;
  }
  return total;
}

describe('sum', () => {
  it('adds', () => {
    expect(sum([1, 2])).toBe(3);
  });
});
`;
const python = `class Queue:
    def __init__(self, items):
        self.items = list(items)

    def pop(self):
        if not self.items:
            raise IndexError('empty')
        return self.items.pop(0)
`;
const go = `func read(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return data, nil
}
`;
const json = `{
  "name": "demo",
  "scripts": {
    "build": "node build.js",
    "test": "node test.js"
  }
}
`;
const markdown = `# Setting up

Run the tests before you commit:

- \`npm test\` runs them all.
- \`npm run lint\` checks the style.
`;

describe('suggestions', () => {
  for (const { name, learnt, at, want, ...options } of [
    {
      name: 'C: the rest of a line, with text below',
      learnt: c,
      at: '{\n\tstruct data *data = dev_|\n}\n',
      want: 'get_drvdata(dev);\n\n\tif (!data) {\n\t\tpr_err("no data\\n");\n\t\treturn -EINVAL;\n\t}\n\treturn 0;',
    },
    {
      name: 'C: before a bracket',
      learnt: c,
      at: '\tstruct data *data = dev_get_drvdata(|);\n',
      want: 'dev',
    },
    { name: 'C: within a string', learnt: c, at: '\t\tpr_err("|");', want: 'no data\\n' },
    {
      name: 'C: a block',
      learnt: c,
      at: '\tif (!data) {|\n',
      want: '\n\t\tpr_err("no data\\n");\n\t\treturn -EINVAL;\n\t}',
    },
    {
      name: 'C: a block that is closed already',
      learnt: c,
      at: '\tif (!data) {\n\t\t|\n\t}\n',
      want: 'pr_err("no data\\n");\n\t\treturn -EINVAL;',
    },
    { name: 'C: not the next line again', learnt: c, at: '\t}\n\t|\n\treturn 0;\n', want: undefined },
    { name: 'C: not what stands behind the cursor', learnt: c, at: '\tif (!|data) {\n', want: undefined },
    {
      name: 'C: not the bracket that stands below blank lines',
      learnt: c,
      at: '\tif (!data) {|\n\n\n\n\t}\n}\n',
      want: '\n\t\tpr_err("no data\\n");\n\t\treturn -EINVAL;',
    },
    {
      name: 'Python: not the function that stands below blank lines',
      learnt: python,
      at: 'class Queue:\n    def __init__(self, items):\n        self.items = |\n\n\n\n    def pop(self):\n',
      want: 'list(items)',
      indentation: spaces(4),
    },
    { name: 'TypeScript: a loop', learnt: typescript, at: '  for (const |) {', want: 'value of values' },
    {
      name: 'TypeScript: with auto-closed bracket',
      learnt: typescript,
      at: '  for (const |)',
      want: 'value of values',
    },
    {
      name: 'TypeScript: a callback',
      learnt: typescript,
      at: "  it('adds', () => {|",
      want: '\n    expect(sum([1, 2])).toBe(3);\n  });',
      indentation: spaces(2),
    },
    {
      name: 'TypeScript: in tabs',
      learnt: typescript,
      at: '\tfor (const value of values) {|',
      want: '\n\t\ttotal += value;\n\t}',
    },
    {
      name: 'Python: a block',
      learnt: python,
      at: '    def pop(self):|',
      want: "\n        if not self.items:\n            raise IndexError('empty')\n        return self.items.pop(0)",
      indentation: spaces(4),
    },
    {
      name: 'Python: an expression, and what follows it',
      learnt: python,
      at: '        self.items = |',
      want: 'list(items)\n\n    def pop(self):',
      indentation: spaces(4),
      maxLength: 32,
    },
    {
      name: 'Go: an error check',
      learnt: go,
      at: '\tif err |',
      want: '!= nil {\n\t\treturn nil, err\n\t}\n\treturn data, nil',
    },
    { name: 'Go: its block', learnt: go, at: '\tif err != nil {|', want: '\n\t\treturn nil, err\n\t}' },
    { name: 'JSON: a value', learnt: json, at: '    "build": "|",\n', want: 'node build.js' },
    { name: 'JSON: a key', learnt: json, at: '  "scr|', want: 'ipts": {', maxLength: 8 },
    {
      name: 'Markdown: a sentence',
      learnt: markdown,
      at: '# Setting up\n\nRun the |',
      want: 'tests before you commit:',
      maxLength: 26,
    },
    { name: 'Markdown: a list item', learnt: markdown, at: '- `npm run|`', want: ' lint' },
    {
      name: 'line ends and composed letters as learnt',
      learnt: 'a\nthé café\n',
      at: 'a\r\nthe\u0301 |',
      want: 'café',
      maxLength: 5,
    },
    {
      name: 'not longer than asked for',
      learnt: c,
      at: '{\n\tstruct data *data = dev_|',
      want: 'get',
      maxLength: 3,
    },
  ] as ({
    name: string;
    learnt: string;
    at: string;
    want: string | undefined;
  } & Partial<SuggestionRequest>)[]) {
    it(name, () => {
      const { suggester } = suggesterOf(learnt);
      expect(suggester.suggest(requestAt(at, options))?.text).toBe(want);
    });
  }

  it('come in the indentation of the document', () => {
    const { suggester } = suggesterOf(c);
    const request = requestAt('if (!data) {|', { indentation: spaces(2) });
    expect(suggester.suggest(request)?.text).toBe('\n    pr_err("no data\\n");\n    return -EINVAL;\n  }');
  });
});

describe('confidence', () => {
  // Each symbol is right with probability 0.8 + 0.2 / V, and there is one way to go on.
  const learnt = 'duplicates\n';

  it('ends a suggestion where going on saves no more', () => {
    const suggestion = suggesterOf(learnt, 0.8).suggester.suggest(requestAt('d|', { eagerness: 'eager' }));
    const { length } = suggestion!.text;
    expect('uplicates'.startsWith(suggestion!.text)).toBe(true);
    expect(length).toBeLessThan(7);
    expect(suggestion?.confidence).toBeCloseTo((0.8 + 0.2 / vocabularyOf(learnt).size) ** length, 6);
  });

  it('is enough for a short right beginning rather than a long wrong line when asked for', () => {
    const ask = (certainty: number) =>
      suggesterOf(learnt, certainty).suggester.suggest(requestAt('d|', { explicit: true }))?.text;
    expect([ask(0.95), ask(0.8), ask(0.3)]).toEqual(['uplicates', 'upl', undefined]);
    const short = requestAt('duplicate|', { explicit: true });
    expect(suggesterOf(learnt, 0.8).suggester.suggest(short)?.text).toBe('s');
  });

  it('shows nothing where nothing is likely', () => {
    expect(suggesterOf(learnt, 0.3).suggester.suggest(requestAt('d|'))).toBeUndefined();
  });

  it('shows no single character while typing', () => {
    expect(suggesterOf(learnt).suggester.suggest(requestAt('duplicate|'))).toBeUndefined();
  });
});

describe('while the list of the editor is open', () => {
  const learnt = 'printf(a);\nprintf(a);\nprintln(b);\n';
  const suggestionWith = (beginning: string, options: Partial<SuggestionRequest> = {}) =>
    suggesterOf(learnt).suggester.suggest(requestAt('pr|', { beginning, ...options }));

  it('a suggestion begins with what its selected item goes on with', () => {
    expect(suggestionWith('intf')?.text).toMatch(/^intf\(a\)/);
    expect(suggestionWith('intln', { explicit: true })?.text).toMatch(/^intln\(b\)/);
  });

  it('nothing is suggested where that item is not expected', () => {
    expect(suggestionWith('intln')).toBeUndefined();
    expect(suggestionWith('ototype')).toBeUndefined();
  });

  it('the item alone is suggested where nothing is certain behind it', () => {
    const { suggester } = suggesterOf('item1\nitem2\nitem3\nitem4\nitem5\n');
    const request = requestAt('it|', { beginning: 'em', eagerness: 'balanced' });
    expect(suggester.suggest(request)?.text).toBe('em');
  });

  it('alternatives begin with it, too', () => {
    const asked = suggestionWith('int', { explicit: true });
    for (const text of [asked!.text, ...asked!.alternatives]) expect(text).toMatch(/^int(f|ln)/);
    expect(asked?.alternatives.length).toBeGreaterThan(0);
  });
});

describe('the same text, seed and temperature', () => {
  const learnt = `${c}${typescript}${python}`;
  const text = fc
    .array(fc.constantFrom('\n', '\t', 'return ', 'if (', ') {', 'data', 'self.', 'x', ';', '"'), {
      maxLength: 8,
    })
    .map((pieces) => pieces.join(''));

  it('give the same suggestion, whatever was asked before', () => {
    const { suggester } = suggesterOf(learnt, 0.9);
    const requests = fc.record({
      before: text,
      after: fc.constantFrom('', ')', '\n}\n'),
      temperature: fc.constantFrom(0, 0.5, 1.2),
      seed: fc.nat(3),
      explicit: fc.boolean(),
    });
    fc.assert(
      fc.property(requests, ({ before, after, ...options }) => {
        const request = requestAt(`${before}|${after}`, { ...options, maxLength: 30 });
        expect(suggester.suggest(request)).toEqual(suggesterOf(learnt, 0.9).suggester.suggest(request));
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('another seed may give another one', () => {
    const { suggester } = suggesterOf('x = alpha;\nx = beta;\nx = gamma;\nx = delta;\n');
    const texts = Array.from({ length: 20 }, (_, seed) => {
      return suggester.suggest(requestAt('x = |', { temperature: 1, seed, explicit: true }))?.text;
    });
    expect(new Set(texts).size).toBeGreaterThan(2);
  });
});

it('costs one symbol for a keystroke, besides what it writes', () => {
  const { suggester, stepper } = suggesterOf(c);
  const whole = suggester.suggest(requestAt('{\n\tstruct data *data = dev_ge|'))!;
  const before = stepper.fed;
  const suggestion = suggester.suggest(requestAt('{\n\tstruct data *data = dev_get|'))!;
  expect(`t${suggestion.text}`).toBe(whole.text);
  expect(stepper.fed - before).toBe(1 + suggestion.text.length);
});

it('stops when cancelled', () => {
  const { suggester, stepper } = suggesterOf(c);
  expect(suggester.suggest(requestAt('{\n|'), () => true)).toBeUndefined();
  expect(stepper.fed).toBe(0);
  let checks = 0;
  const request = requestAt('{\n\tstruct data *data = |');
  expect(suggester.suggest(request, () => ++checks > 4)).toBeUndefined();
});

it('reads a window of a long file, and the same one while it is typed in', () => {
  const lines = c.repeat(60);
  const { suggester, stepper } = suggesterOf(c);
  suggester.suggest(requestAt(`${lines}\tstruct data *data = dev_ge|`));
  expect(stepper.fed).toBeLessThan(3100);
  const before = stepper.fed;
  suggester.suggest(requestAt(`${lines}\tstruct data *data = dev_get|`, { maxLength: 15 }));
  expect(stepper.fed - before).toBeLessThan(20);
});
