/**
 * Stands in for the VS Code executable that @vscode/test-electron starts: takes the desktop's arguments, runs the tests in
 * VS Code's server and a headless browser, and ends with their status.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import { sentenceOf } from '../../src/common/errors.ts';
import { startBrowser } from './browser.ts';
import { withScope, type Scope } from './scope.ts';
import { QUIET_SETTINGS, startServer, writeSettings } from './server.ts';
import { developIn, workbenchAddress } from './workbench.ts';

/** Reports of the workbench about its start, which are of no use in a test's output. */
const NOISE =
  /^(Creating a socket|Resol(ved|ving) connection|\[(reconnection-grace|AgentHost|AccountPolicy|Service Worker|DefaultAccount)|Ignoring fetching|Updating additional|Error while fetching the extension under dev|Canceled|Creation of workbench contribution|Timed out waiting for authentication provider)/;

/** Ends a window that hangs; its suites end their own waits much sooner. */
const TIME_LIMIT_MS = 40 * 60_000;

/** The desktop's command line, as far as @vscode/test-electron uses it: --key=value, --flag and what to open. */
function parse(args: readonly string[]): { options: Map<string, string[]>; opened: string | undefined } {
  const options = new Map<string, string[]>();
  let opened: string | undefined;
  for (const arg of args) {
    const option = /^--?([^=]+)(?:=(.*))?$/s.exec(arg);
    if (option?.[1] === undefined) opened ??= asPath(arg);
    else options.set(option[1], [...(options.get(option[1]) ?? []), option[2] ?? '']);
  }
  return { options, opened };
}

function asPath(argument: string): string {
  return resolve(argument.startsWith('file:') ? fileURLToPath(argument) : argument);
}

/** A module around the tests that records how they ended: when the extension host dies, VS Code itself reports success. */
async function recordingTests(tests: string, folder: string, status: string): Promise<string> {
  const wrapper = join(folder, 'tests.cjs');
  const found = createRequire(import.meta.url).resolve(tests);
  await writeFile(
    wrapper,
    `const { writeFileSync } = require('node:fs');
     exports.run = async () => {
       let ended = 'failed';
       try {
         await require(${JSON.stringify(found)}).run();
         ended = 'passed';
       } finally {
         writeFileSync(${JSON.stringify(status)}, ended);
       }
     };`,
  );
  return wrapper;
}

async function runTests(scope: Scope, args: readonly string[]): Promise<number> {
  endWithParent(scope);
  const { options, opened } = parse(args);
  const last = (name: string): string | undefined => options.get(name)?.at(-1);
  const own = await scope.temporaryFolder('tests');
  const status = join(own, 'status');
  const userData = asPath(last('user-data-dir') ?? join(own, 'user-data'));
  const tests = last('extensionTestsPath');
  if (tests === undefined) throw new Error('--extensionTestsPath is missing');
  await writeSettings(userData, QUIET_SETTINGS);
  const server = await startServer(scope, {
    userData,
    extensionsDir: asPath(last('extensions-dir') ?? join(own, 'extensions')),
    args: ['--idle-timeout-seconds', '300'],
  });
  const browser = await startBrowser(scope);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });

  let end: (status: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => (end = resolve));
  await page.exposeFunction('codeAutomationLog', (type: string, values: unknown[]) => {
    const line = format(...values);
    if (!NOISE.test(line)) process[type === 'error' ? 'stderr' : 'stdout'].write(`${line}\n`);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => end(code));
  const gone = (what: string) => (): void => {
    if (!scope.isClosing) console.error(`${what} ended before the tests did`);
    end(1);
  };
  page.on('crash', gone('The page'));
  browser.on('disconnected', gone('The browser'));
  void server.exited.then(gone("VS Code's server"));
  setTimeout(gone(`The limit of ${TIME_LIMIT_MS / 60_000} minutes`), TIME_LIMIT_MS).unref();

  await developIn(page, server.authority, {
    extensions: (options.get('extensionDevelopmentPath') ?? []).map(asPath),
    tests: await recordingTests(asPath(tests), own, status),
  });
  await page.goto(workbenchAddress(server.authority, opened));
  const code = await ended;
  const recorded = await readFile(status, 'utf8').catch(() => 'nothing');
  if (code !== 0 || recorded === 'passed') return code;
  const reason =
    /Extension Host Process exited[^\n]*/.exec(server.output())?.[0] ?? 'the server gives no reason';
  console.error(`The extension host ended before the tests did: ${reason}`);
  return 1;
}

/** Closes the scope when the parent process is gone, because a parent that is killed cannot ask this process to end. */
function endWithParent(scope: Scope): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) void scope.close().finally(() => process.exit(1));
  }, 1000);
  scope.defer(() => clearInterval(watch));
}

try {
  process.exitCode = await withScope((scope) => runTests(scope, process.argv.slice(2)));
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 1;
}
process.exit();
