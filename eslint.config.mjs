import tseslint from 'typescript-eslint';

/**
 * The rooms of src/ and what each may import. A room's face is its index.ts; common/ has none, because each of its files
 * is for every room. test/architecture checks that there are no circles within a room. See docs/architecture.md.
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
  surprise: ['common'],
  units: ['common'],
  completion: ['surprise', 'units', 'context-model', 'sampling', 'engine', 'model', 'corpus', 'common'],
  recipes: ['training', 'sampling', 'engine', 'model', 'corpus', 'common'],
  session: ['training', 'completion', 'model', 'corpus', 'common'],
  panel: ['common'],
  ui: ['session', 'panel', 'training', 'completion', 'surprise', 'units', 'model', 'corpus', 'common'],
  lsp: ['session', 'training', 'completion', 'surprise', 'corpus', 'common'],
  cli: [
    'lsp',
    'recipes',
    'session',
    'training',
    'completion',
    'surprise',
    'units',
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
      { patterns: walls(['ui', 'session', 'completion', 'model', 'common'], Object.keys(mayImport), './') },
    ],
  },
};

/** benches, and the base network's training, import faces, and parts.ts of rooms whose parts they use by themselves. */
const benches = {
  files: ['bench/**/*.ts', 'scripts/base-network/*.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+src/(?!common/)[\\w-]+/(?!(index|parts)\\.ts$)`,
            message: 'Import index.ts or parts.ts, the faces of the room.',
          },
        ],
      },
    ],
  },
};

/**
 * Programs that Node runs as they are. The bundler resolves the imports of .wasm and .txt that faces lead to, and Node
 * does not, so these programs import modules that have no such imports.
 */
const unbundled = {
  files: ['scripts/**/*.ts', 'bench/corpus/{read,host,switch}.ts', 'bench/start/{drive,host}.ts'],
  ignores: ['scripts/base-network/*.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+src/(?!${[
              'common/',
              '[\\w-]+/index\\.ts$',
              'engine/tensorflow/(runtime|operations)/',
              // The mixer's training runs the kernels by themselves.
              'context-model/(wasm/|tables\\.ts$)',
              // The bench of the corpus times walking and encoding apart.
              'corpus/files/',
              'training/data/batch-streams\\.ts$',
              // It plays the extension host, too, which starts the built worker and process.
              'completion/client/',
              'training/options\\.ts$',
              'training/process/training-client\\.ts$',
              'ui/training/left-out-notices\\.ts$',
            ].join('|')})`,
            message: 'Import index.ts, the face of the room, or add the module here with the reason.',
          },
        ],
      },
    ],
  },
};

/**
 * Module-level constants that are numbers, texts or truth values. Tables and regular expressions are UPPER_CASE, too;
 * the rule cannot tell them from instances and functions, which are camelCase.
 */
const constants = {
  files: ['src/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'],
  rules: {
    '@typescript-eslint/naming-convention': [
      'error',
      // A destructured name is that of its property.
      {
        selector: 'variable',
        modifiers: ['const', 'global', 'destructured'],
        types: ['boolean', 'number', 'string'],
        format: null,
      },
      {
        selector: 'variable',
        modifiers: ['const', 'global'],
        types: ['boolean', 'number', 'string'],
        format: ['UPPER_CASE'],
      },
    ],
  },
};

/** One place decides which cases properties are tested with, and how long tests wait. */
const tests = {
  files: ['test/**/*.ts'],
  ignores: ['test/fast-check.ts', 'test/until.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      { paths: [{ name: 'fast-check', message: 'Import test/fast-check.ts, which has the seed.' }] },
    ],
    'no-restricted-properties': [
      'error',
      ...['waitFor', 'waitUntil'].map((property) => ({
        object: 'vi',
        property,
        message: 'Wait by test/until.ts, which is patient with a busy machine.',
      })),
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
      parserOptions: {
        projectService: { allowDefaultProject: ['*.mjs', 'scripts/*.mjs', 'test/endurance/preload/*.mjs'] },
      },
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
  benches,
  unbundled,
  constants,
  tests,
);
