import { rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { buildKernels } from './scripts/build-kernels.mjs';

const watch = process.argv.includes('--watch');
const root = fileURLToPath(new URL('.', import.meta.url));

/** Compiles the files that are embedded in the bundles: the kernels, and the programs of threads. */
export async function buildEmbedded() {
  await buildKernels();
  await Promise.all(Object.entries(threads).map(buildThread));
}

/** Threads by the name of their program in dist/. */
const threads = {
  'engine-thread.txt': 'src/engine/wasm/training/thread.ts',
  'prior-thread.txt': 'src/training/data/priors/thread.ts',
};

/** Builds the program of a thread as text, so that the bundles need not find it as a file. */
async function buildThread([name, source]) {
  const unfinished = `dist/${name}.${process.pid}`;
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [source],
    outfile: unfinished,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    loader: { '.wasm': 'binary' },
    logLevel: 'warning',
  });
  await rename(`${root}${unfinished}`, `${root}dist/${name}`);
}

/**
 * The bundles share the detector of encodings, whose tables are a megabyte, and load it when they first meet a file
 * that is not UTF-8.
 */
const DETECTOR = 'encoding-detector';
const sharedDetector = {
  name: 'shared-detector',
  setup(build) {
    build.onResolve({ filter: /^jschardet$/ }, () => ({ path: `./${DETECTOR}.cjs`, external: true }));
  },
};

/**
 * Escapes what is beyond ASCII in regular expressions, where esbuild does not: of a program in ASCII alone, V8 keeps
 * one byte a character instead of two.
 */
const escapedBeyondAscii = {
  name: 'escaped-beyond-ascii',
  setup(build) {
    build.initialOptions.write = false;
    build.onEnd(async ({ outputFiles = [] }) => {
      const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
      for (const { path, text } of outputFiles)
        await writeFile(path, text.replaceAll(/[^\0-\x7f]/g, escaped));
    });
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: !watch,
  sourcemap: watch ? 'linked' : false,
  legalComments: 'none',
  loader: { '.wasm': 'binary', '.txt': 'text' },
  logLevel: 'warning',
  plugins: [sharedDetector],
};

/** dist/: what VS Code and the command line load. CommonJS for VS Code; the command line is an ES module. */
const bundles = [
  {
    ...common,
    entryPoints: {
      extension: 'src/extension.ts',
      'training-process': 'src/training/process/training-process.ts',
      'suggestion-worker': 'src/completion/worker/worker.ts',
    },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    external: ['vscode'],
    plugins: watch ? [sharedDetector] : [sharedDetector, escapedBeyondAscii],
  },
  // The page of the training panel, which runs in VS Code's browser.
  {
    ...common,
    entryPoints: ['main.ts', 'style.css'].map((name) => ({
      in: `src/panel/page/${name}`,
      out: 'panel-page',
    })),
    outdir: 'dist',
    format: 'iife',
    platform: 'browser',
    target: 'chrome128',
    plugins: [],
  },
  {
    ...common,
    entryPoints: { [DETECTOR]: 'jschardet' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    plugins: [],
  },
  {
    ...common,
    entryPoints: { cli: 'src/cli/index.ts' },
    outdir: 'dist',
    format: 'esm',
    banner: {
      js: [
        '#!/usr/bin/env node',
        "import { createRequire as __createRequire } from 'node:module';",
        "import { fileURLToPath as __fileURLToPath } from 'node:url';",
        'const require = __createRequire(import.meta.url);',
        'const __filename = __fileURLToPath(import.meta.url);',
      ].join('\n'),
    },
  },
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildEmbedded();
  if (watch) {
    for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
    console.log('watching src/ (restart after a change to the kernels)');
  } else {
    await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
  }
}
