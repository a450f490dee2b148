import { describe, expect, it } from 'vitest';
import { NetworkPredictor } from '../../../src/completion/predict/network-predictor.ts';
import { Suggester } from '../../../src/completion/decode/suggest.ts';
import { atCursor } from '../cursor.ts';
import { NgramStepper, vocabularyOf } from '../ngram-stepper.ts';

/** A place in a document, the cursor written as `|`, and what is to be suggested there; undefined: nothing. */
interface Golden {
  readonly name: string;
  readonly at: string;
  readonly want: string | undefined;
  /** Columns of a level of spaces, or tabs; as the language's text is learnt if left out. */
  readonly indentation?: number | 'tabs';
  readonly maxLength?: number;
}

interface Language {
  readonly name: string;
  /** The code base, which goes on as it says with near certainty. */
  readonly learnt: string;
  readonly indentation: number | 'tabs';
  readonly cases: readonly Golden[];
}

const languages: readonly Language[] = [
  {
    name: 'C',
    indentation: 'tabs',
    learnt: `static int ring_alloc(struct ring *ring, size_t size)
{
	ring->data = kzalloc(size, GFP_KERNEL);
	if (!ring->data)
		return -ENOMEM;

	ring->size = size;
	mutex_init(&ring->lock);
	return 0;
}

static void ring_free(struct ring *ring)
{
	mutex_lock(&ring->lock);
	kfree(ring->data);
	ring->data = NULL;
	mutex_unlock(&ring->lock);
	pr_debug("ring %p is free\\n", ring);
}
`,
    cases: [
      {
        name: 'ends before the bracket that the editor closed',
        at: '\tring->data = kzalloc(|);\n',
        want: 'size, GFP_KERNEL',
      },
      {
        name: 'closes what the line opened',
        at: '\tring->data = kzalloc(size, |\n\tother();\n}\n',
        want: 'GFP_KERNEL);',
      },
      {
        name: 'does not repeat the next line',
        at: '\tmutex_lock(&ring->lock);\n\t|\n\tkfree(ring->data);\n',
        want: undefined,
      },
      {
        name: 'stops where the next line goes on',
        at: '\tkfree(ring->data);\n\tring->data = N|\n\tmutex_unlock(&ring->lock);\n}\n',
        want: 'ULL;',
      },
      {
        name: 'leaves the closing of the function to the bracket below',
        at: '{\n\tmutex_unlock(&ring->lock);\n\tpr_d|\n}\n',
        want: 'ebug("ring %p is free\\n", ring);',
      },
      {
        name: 'goes to the end of a format within quotes',
        at: '\tpr_debug("ring |");\n',
        want: '%p is free\\n',
      },
      {
        name: 'says nothing in a table of numbers',
        at: 'static const u8 table[] = {\n\t0x63, 0x7c, 0x77, 0x7b, 0xf2, 0x6b, 0x6f, 0xc5, 0x30, 0x01, 0x67, |\n};\n',
        want: undefined,
      },
    ],
  },
  {
    name: 'TypeScript',
    indentation: 2,
    learnt: `export class Counter {
  private readonly tally = new Map<string, number>();

  add(word: string): void {
    this.tally.set(word, (this.tally.get(word) ?? 0) + 1);
  }

  largest(): string | undefined {
    const sorted = [...this.tally].sort(([, a], [, b]) => b - a);
    return sorted[0]?.[0];
  }
}

it('counts words', () => {
  const counter = new Counter();
  counter.add('one');
  expect(counter.largest()).toBe('one');
});
`,
    cases: [
      {
        name: 'ends before a bracket and a semicolon',
        at: '    this.tally.set(word, |);\n',
        want: '(this.tally.get(word) ?? 0) + 1',
      },
      {
        name: 'ends before a quote that stands there',
        at: "it('counts |', () => {\n",
        want: 'words',
      },
      {
        name: 'fills a string between quotes',
        at: "  counter.add('|');\n",
        want: 'one',
      },
      {
        name: 'writes a callback and closes it',
        at: "it('counts words', () => {|",
        want: "\n  const counter = new Counter();\n  counter.add('one');\n  expect(counter.largest",
      },
      {
        name: 'writes it in tabs where the document has tabs',
        at: "it('counts words', () => {|",
        indentation: 'tabs',
        maxLength: 52,
        want: "\n\tconst counter = new Counter();\n\tcounter.add('one",
      },
      {
        name: 'does not close the class that is closed below',
        at: 'export class Counter {\n  largest(): string | undefined {\n    return sorted[|\n  }\n}\n',
        want: '0]?.[0];',
      },
      {
        name: 'says nothing in a long string',
        at: `const key = '${'lorem ipsum dolor sit amet '.repeat(3)}counter.add(|';\n`,
        want: undefined,
      },
    ],
  },
  {
    name: 'Python',
    indentation: 4,
    learnt: `class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def withdraw(self, amount):
        if amount > credit_of(self):
            raise ValueError(f'{self.owner} has only {self.credit}')
        self.credit -= amount
        return True
`,
    cases: [
      {
        name: 'writes the body of a method',
        at: 'class Account:\n    def withdraw(self, amount):|\n',
        maxLength: 40,
        want: '\n        if amount > credit_of(self):',
      },
      {
        name: 'ends a block where text below is further out',
        at: 'class Account:\n    def withdraw(self, amount):\n        self.credit -= |\n\n\nclass Other:\n    pass\n',
        want: 'amount\n        return True',
      },
      {
        name: 'closes braces and quotes of a formatted string',
        at: "            raise ValueError(f'{self.|\n        self.credit -= amount\n",
        want: "owner} has only {self.credit}')",
      },
      {
        name: 'leaves out the quote and bracket that stand there',
        at: "            raise ValueError(f'{self.owner} |')\n",
        want: 'has only {self.credit}',
      },
      {
        name: 'writes it in tabs where the document has tabs',
        at: 'class Account:\n\tdef withdraw(self, amount):|\n',
        indentation: 'tabs',
        maxLength: 40,
        want: '\n\t\tif amount > credit_of(self):',
      },
      {
        name: 'does not repeat the line below',
        at: '        self.owner = owner\n        |\n        self.balance = balance\n',
        want: undefined,
      },
    ],
  },
  {
    name: 'Go',
    indentation: 'tabs',
    learnt: `func (s *Store) Load(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("load %s: %w", path, err)
	}
	defer file.Close()
	return json.NewDecoder(file).Decode(&s.items)
}
`,
    cases: [
      {
        name: 'writes the idiom of an error and closes it',
        at: '\tfile, err := os.Open(path)\n\tif err |\n\tdefer file.Close()\n',
        want: '!= nil {\n\t\treturn fmt.Errorf("load %s: %w", path, err)\n\t}',
      },
      {
        name: 'fills a block that is closed below',
        at: '\tif err != nil {\n\t\t|\n\t}\n',
        want: 'return fmt.Errorf("load %s: %w", path, err)',
      },
      { name: 'fills the arguments', at: '\tfile, err := os.Open(|)\n', want: 'path' },
      {
        name: 'ends a format before its quote',
        at: '\t\treturn fmt.Errorf("|", path, err)\n',
        want: 'load %s: %w',
      },
      {
        name: 'does not close the function twice',
        at: 'func (s *Store) Load(path string) error {\n\treturn json.NewDecoder(|\n}\n',
        want: 'file).Decode(&s.items)',
      },
    ],
  },
  {
    name: 'Java',
    indentation: 4,
    learnt: `public final class Range implements Iterable<Integer> {
    private final int start;

    @Override
    public Iterator<Integer> iterator() throws Bad {
        return IntStream.range(start, end).iterator();
    }

    public static Range of(int start, int end) throws Worse {
        if (end < start) {
            throw new IllegalArgumentException("end before start");
        }
        return new Range(start, end);
    }
}
`,
    cases: [
      {
        name: 'goes on with what an annotation calls for',
        at: '    @Override\n    public It|\n',
        maxLength: 40,
        want: 'erator<Integer> iterator() throws Bad {',
      },
      {
        name: 'stops before the bracket that stands there',
        at: '        return new Range(|);\n',
        want: 'start, end',
      },
      {
        name: 'writes a block with its bracket',
        at: '        if (end < start) {|\n        return new Range(start, end);\n',
        want: '\n            throw new IllegalArgumentException("end before start");\n        }',
      },
      {
        name: 'leaves the bracket to the one below',
        at: '        if (end < start) {\n            |\n        }\n',
        want: 'throw new IllegalArgumentException("end before start");',
      },
      {
        name: 'says nothing before other text',
        at: '        return new Range(|start, end);\n',
        want: undefined,
      },
      {
        name: 'does not repeat the line below',
        at: '        }\n        |\n        return new Range(start, end);\n',
        want: undefined,
      },
    ],
  },
  {
    name: 'Rust',
    indentation: 4,
    learnt: `impl Parser<'_> {
    fn expect(&mut self, token: Token) -> Result<(), Error> {
        match self.next() {
            Some(found) if found == token => Ok(()),
            Wrong(other) => Err(Error::Unexpected(other)),
            None => Err(Error::EndOfInput),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    kind: Kind,
}
`,
    cases: [
      {
        name: 'writes an arm of a match',
        at: '        match self.next() {\n            Some|',
        maxLength: 36,
        want: '(found) if found == token => Ok(()),',
      },
      {
        name: 'is not misled by a lifetime',
        at: "impl Parser<'_> {\n    fn expect(&mut self, token: |\n}\n",
        want: 'Token) -> Result<(), Error> {',
      },
      { name: 'fills an attribute', at: '#[derive(|)]\n', want: 'Debug, Clone, PartialEq' },
      {
        name: 'ends at the arm that is there already',
        at: '            Wrong(other) => Err(Error::U|\n            None => Err(Error::EndOfInput),\n        }\n',
        want: 'nexpected(other)),',
      },
      {
        name: 'closes nested brackets',
        at: '            Some(found) if found == token => Ok(|\n            Wrong(other) => Err(Error::Unexpected(found)),\n',
        want: '()),',
      },
    ],
  },
  {
    name: 'Markdown',
    indentation: 2,
    learnt: `# Contributing

Thank you for your help. Before you send a change:

1. Run \`npm test\` and \`npm run lint\`.
2. Describe the change in [the changelog](CHANGELOG.md).

\`\`\`sh
npm ci
npm test
\`\`\`
`,
    cases: [
      {
        name: 'goes on with a sentence to its end',
        at: '# Contributing\n\nThank you |\n\n1. Run\n',
        want: 'for your help. Before you send a change:',
      },
      { name: 'ends code before its mark', at: '1. Run `npm |` and\n', want: 'test' },
      { name: 'fills code between marks', at: '1. Run `npm |`\n', want: 'test' },
      {
        name: 'closes a link',
        at: '2. Describe the change in [the |\n\n```sh\n',
        want: 'changelog](CHANGELOG.md).',
      },
      {
        name: 'writes the next item of a list',
        at: '1. Run `npm test` and `npm run lint`.\n|\n',
        want: '2. Describe the change in [the changelog](CHANGELOG.md).\n\n```sh\nnpm ci\nnpm test',
      },
    ],
  },
  {
    name: 'JSON',
    indentation: 2,
    learnt: `{
  "name": "ring",
  "scripts": {
    "build": "node build.js",
    "test": "vitest run"
  },
  "files": ["dist", "README.md"],
  "license": "MIT"
}
`,
    cases: [
      { name: 'fills a value between quotes', at: '{\n  "name": "|",\n', want: 'ring' },
      { name: 'ends before a comma that stands there', at: '  "files": |,\n', want: '["dist", "README.md"]' },
      {
        name: 'fills an object that is closed below',
        at: '{\n  "scripts": {\n    |\n  },\n',
        want: '"build": "node build.js",\n    "test": "vitest run"',
      },
      {
        name: 'writes an object and closes it',
        at: '{\n  "scripts": {|\n  "license": "MIT"\n}\n',
        want: '\n    "build": "node build.js",\n    "test": "vitest run"\n  },',
      },
      {
        name: 'does not close the file twice',
        at: '{\n  "license": |\n}\n',
        want: '"MIT"',
      },
      {
        name: 'says nothing in an array of numbers',
        at: '{\n  "data": [12, 15, 9, 22, 41, 8, 7, 100, 3, 14, 15, 92, |]\n',
        want: undefined,
      },
    ],
  },
];

for (const { name, learnt, indentation, cases } of languages) {
  describe(`a suggestion in ${name}`, () => {
    const vocabulary = vocabularyOf(learnt);
    const suggester = new Suggester(
      new NetworkPredictor(new NgramStepper(vocabulary, learnt, 0.9995), vocabulary),
    );
    for (const golden of cases) {
      it(golden.name, () => {
        const style = golden.indentation ?? indentation;
        const suggestion = suggester.suggest({
          document: `${name} ${golden.name}`,
          ...atCursor(golden.at),
          atFileStart: true,
          indentation:
            style === 'tabs' ? { insertSpaces: false, tabSize: 8 } : { insertSpaces: true, tabSize: style },
          temperature: 0,
          seed: 0,
          maxLength: golden.maxLength ?? 80,
          eagerness: 'balanced',
          explicit: false,
        });
        expect(suggestion?.text).toBe(golden.want);
      });
    }
  });
}
