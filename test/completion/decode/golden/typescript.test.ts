import { testGolden } from './golden.ts';

testGolden({
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
});
