/** Bundles the suites of test/vscode for the extension host: out/test-vscode/run.cjs and suites/NAME.cjs. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../repository.ts';

const SOURCE = join(ROOT, 'test', 'vscode');

/** The bundle's folder; `run.cjs` in it is the extensionTestsPath. */
export const BUNDLED_TESTS = join(ROOT, 'out', 'test-vscode');

export async function bundleTests(): Promise<void> {
  await rm(BUNDLED_TESTS, { recursive: true, force: true });
  const suites = await readdir(join(SOURCE, 'suites'));
  await build({
    entryPoints: {
      run: join(SOURCE, 'run.ts'),
      ...Object.fromEntries(
        suites.map((file) => [`suites/${file.replace('.test.ts', '')}`, join(SOURCE, 'suites', file)]),
      ),
    },
    outdir: BUNDLED_TESTS,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

if (process.argv[1] === import.meta.filename) await bundleTests();
