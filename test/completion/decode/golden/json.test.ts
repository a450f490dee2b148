import { testGolden } from './golden.ts';

testGolden({
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
});
