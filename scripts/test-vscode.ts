/** npm run test:vscode: the suites of test/vscode inside VS Code, and a person's session with the packaged extension. */
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { canary, makeLargeWorkspace, makeWorkspace } from '../test/vscode/workspace.ts';
import { BUNDLED_TESTS, bundleTests } from './bundles/vscode-tests.ts';
import { NoBrowserError, startBrowser } from './real-vscode/browser.ts';
import { withScope, type Scope } from './real-vscode/scope.ts';
import { QUIET_SETTINGS, writeSettings } from './real-vscode/server.ts';
import { build, main, ROOT, runNode } from './repository.ts';
import { NO_TESTS, sum, totalsLine, totalsOf, type Totals } from './test-totals.ts';

const RESULTS = join(ROOT, 'out', 'test-results');

/** The suites by window; each second window opens the folder of the first one again, all in one profile. */
const WINDOWS = [
  {
    name: 'window',
    folder: 'fixture',
    suites: ['activation', 'surprise', 'units', 'training', 'suggestions', 'middle-of-line', 'notebook'],
  },
  { name: 'window-again', folder: 'fixture', suites: ['reload'] },
  { name: 'large', folder: 'large', suites: ['memory'] },
  { name: 'large-again', folder: 'large', suites: ['memory-again'] },
];

/** Our stand-in for VS Code, except where a desktop VS Code is given or can be downloaded. */
const IS_SERVED = process.env['VSCODE_EXECUTABLE'] === undefined && process.platform === 'linux';

/** The executable that runTests starts; undefined has it download one. */
async function executable(scope: Scope): Promise<string | undefined> {
  if (!IS_SERVED) return process.env['VSCODE_EXECUTABLE'];
  const file = join(await scope.temporaryFolder('executable'), 'code');
  const script = join(ROOT, 'scripts', 'real-vscode', 'executable.ts');
  await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
  await chmod(file, 0o755);
  return file;
}

async function runWindows(scope: Scope): Promise<Totals[]> {
  await bundleTests();
  const vscodeExecutablePath = await executable(scope);
  const workspaces = await scope.temporaryFolder('workspace');
  await makeWorkspace(join(workspaces, 'fixture'));
  await makeLargeWorkspace(join(workspaces, 'large'));
  const profile = await scope.temporaryFolder('profile');
  const userData = join(profile, 'user-data');
  await writeSettings(userData, QUIET_SETTINGS);
  const all: Totals[] = [];
  for (const { name, folder, suites } of WINDOWS) {
    const file = join(RESULTS, `${name}.json`);
    await rm(file, { force: true });
    const status = await runTests({
      ...(vscodeExecutablePath !== undefined && { vscodeExecutablePath }),
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: join(BUNDLED_TESTS, 'run.cjs'),
      launchArgs: [
        join(workspaces, folder),
        '--disable-extensions',
        `--user-data-dir=${userData}`,
        `--extensions-dir=${join(profile, 'extensions')}`,
      ],
      extensionTestsEnv: {
        CHAR_RNN_SUITES: suites.join(),
        CHAR_RNN_RESULTS: file,
        CHAR_RNN_USER_DATA: userData,
        CHAR_RNN_CANARY: canary,
      },
    }).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      return 1;
    });
    all.push(await totalsOf(file, status));
  }
  return all;
}

/** Tests the packaged extension, installed and used by keys and clicks. */
const runInstalled = () => runVitest('installed', 'test/vscode/installed/vitest.config.ts');
/** Tests the page of the training panel in a browser. */
const runPage = () => runVitest('page', 'test/panel/page/vitest.config.ts');
/** A minute of the endurance test. */
const runEndurance = () => runVitest('endurance', 'test/endurance/vitest.config.ts');

async function runVitest(name: string, config: string): Promise<Totals> {
  const file = join(RESULTS, `${name}.json`);
  await rm(file, { force: true });
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${file}`];
  return totalsOf(file, await runNode([vitest, 'run', '--config', config, ...reporters]));
}

/** Whether a browser starts here; a missing one is a failure in CI, and is reported elsewhere. */
async function hasBrowser(): Promise<boolean> {
  try {
    await withScope(startBrowser);
    return true;
  } catch (error) {
    if (!(error instanceof NoBrowserError)) throw error;
    console.log(`Tests inside VS Code are ${process.env['CI'] ? 'failed' : 'skipped'}: ${error.message}`);
    return false;
  }
}

await main(async () => {
  const { values } = parseArgs({ options: { results: { type: 'string' } } });
  await mkdir(RESULTS, { recursive: true });
  let totals: Totals;
  if (IS_SERVED && !(await hasBrowser())) {
    const missed = WINDOWS.length + 3;
    totals = process.env['CI'] ? { ...NO_TESTS, failed: missed } : { ...NO_TESTS, skipped: missed };
  } else {
    // npm test has built already.
    if (values.results === undefined) await build();
    const packaged = async () => [await runPage(), await runInstalled(), await runEndurance()];
    totals = sum([...(await withScope(runWindows)), ...(IS_SERVED ? await packaged() : [])]);
  }
  if (values.results !== undefined) await writeFile(values.results, JSON.stringify(totals));
  else console.log(totalsLine(totals));
  return totals.failed > 0 ? 1 : 0;
});
