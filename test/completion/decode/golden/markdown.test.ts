import { testGolden } from './golden.ts';

testGolden({
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
});
