import tseslint from 'typescript-eslint';

/** The rooms of src/ and what each may import; a room's face is its index.ts. See docs/architecture.md. */
const mayImport = {
  corpus: [],
  model: ['corpus'],
  engine: ['model', 'corpus'],
  memory: [],
  sampling: ['memory', 'engine', 'model', 'corpus'],
  training: ['memory', 'sampling', 'engine', 'model', 'corpus'],
  completion: ['memory', 'sampling', 'engine', 'model', 'corpus'],
  recipes: ['training', 'sampling', 'engine', 'model', 'corpus'],
  ui: ['training', 'completion', 'model', 'corpus'],
  cli: ['recipes', 'training', 'completion', 'memory', 'sampling', 'engine', 'model', 'corpus'],
};

const vscodeOnly = {
  name: 'vscode',
  message: 'Only extension.ts, settings.ts, ui/ and completion/provider.ts may know VS Code.',
};

const rooms = Object.entries(mayImport).map(([room, allowed]) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: room === 'ui' ? [] : [vscodeOnly],
        patterns: Object.keys(mayImport)
          .filter((other) => other !== room)
          .map((other) => ({
            regex: allowed.includes(other) ? `^(\\.\\./)+${other}/(?!index\\.ts$)` : `^(\\.\\./)+${other}/`,
            message: allowed.includes(other)
              ? `Import ${other}/index.ts, the face of the room.`
              : `${room} may not depend on ${other}.`,
          })),
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'out/',
      'node_modules/',
      'src/engine/wasm/kernels/',
      'src/memory/kernels/',
      'test/fixtures/',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.mjs', 'scripts/*.mjs'] } },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  ...rooms,
  { files: ['src/completion/provider.ts'], rules: { 'no-restricted-imports': 'off' } },
);
