import tseslint from 'typescript-eslint';

/**
 * The rooms of src/ and what each may import. A room's face is its index.ts; common/ has none, each of its files is for
 * everybody. See docs/architecture.md.
 */
const mayImport = {
  common: [],
  secrets: ['common'],
  corpus: ['secrets', 'common'],
  model: ['corpus', 'common'],
  'context-model': ['common'],
  engine: ['model', 'corpus', 'common'],
  sampling: ['context-model', 'engine', 'model', 'corpus', 'common'],
  training: ['context-model', 'sampling', 'engine', 'model', 'corpus', 'common'],
  completion: ['context-model', 'sampling', 'engine', 'model', 'corpus', 'common'],
  recipes: ['training', 'sampling', 'engine', 'model', 'corpus', 'common'],
  ui: ['training', 'completion', 'model', 'corpus', 'common'],
  cli: [
    'recipes',
    'training',
    'completion',
    'context-model',
    'sampling',
    'engine',
    'model',
    'corpus',
    'common',
  ],
};

const vscodeOnly = {
  name: 'vscode',
  message: 'Only extension.ts, settings.ts and ui/ may know VS Code.',
};

/** What files that may import `allowed` may not: other rooms, and what is behind a face. `up` leads to src/. */
function walls(allowed, others, up) {
  return others
    .filter((other) => other !== 'common' || !allowed.includes(other))
    .map((other) => ({
      regex: `^${up.replaceAll('.', '\\.')}${other}/${allowed.includes(other) ? '(?!index\\.ts$)' : ''}`,
      message: allowed.includes(other)
        ? `Import ${other}/index.ts, the face of the room.`
        : `This room may not depend on ${other}.`,
    }));
}

/** By depth, because folders of a room may be called like a room. */
const rooms = Object.entries(mayImport).flatMap(([room, allowed]) =>
  [1, 2, 3, 4].map((depth) => ({
    files: [`src/${room}/${'*/'.repeat(depth - 1)}*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: room === 'ui' ? [] : [vscodeOnly],
          patterns: walls(
            allowed,
            Object.keys(mayImport).filter((other) => other !== room),
            '../'.repeat(depth),
          ),
        },
      ],
    },
  })),
);

/** extension.ts and settings.ts. */
const entrance = {
  files: ['src/*.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: walls(['ui', 'completion', 'model', 'common'], Object.keys(mayImport), './') },
    ],
  },
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'out/',
      'node_modules/',
      'src/engine/wasm/kernels/',
      'src/context-model/kernels/',
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
  entrance,
);
