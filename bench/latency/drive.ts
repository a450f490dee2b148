/** Starts VS Code on a copy of a code base, has host.ts type in it, and prints what that took. */
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { withScope, type Scope } from '../../scripts/real-vscode/scope.ts';
import { QUIET_SETTINGS, writeSettings } from '../../scripts/real-vscode/server.ts';
import { build as buildExtension, copySources, main, ROOT } from '../../scripts/repository.ts';
import type { Latency, Plan } from './measured.ts';
import { report } from './report.ts';
import { COPIES, copyName, LARGE_FILE, largeFileLines, similarLines, typedLines } from './workspace.ts';

const SETTINGS = {
  ...QUIET_SETTINGS,
  'charRnn.corpus.exclude': ['/large*.ts'],
  'charRnn.suggestions.delay': 0,
  // The editor must insert nothing by itself, and ask no other extension for suggestions.
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoIndent': 'none',
  'editor.formatOnType': false,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.parameterHints.enabled': false,
};

/** The executable that runTests starts, as `npm run test:vscode` does. */
async function executable(scope: Scope): Promise<string | undefined> {
  if (process.env['VSCODE_EXECUTABLE'] !== undefined || process.platform !== 'linux')
    return process.env['VSCODE_EXECUTABLE'];
  const file = join(await scope.temporaryFolder('executable'), 'code');
  const script = join(ROOT, 'scripts', 'real-vscode', 'executable.ts');
  await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
  await chmod(file, 0o755);
  return file;
}

async function measure(
  scope: Scope,
  paths: readonly string[],
  minutes: number,
  keystrokes: number,
): Promise<Latency> {
  const bundled = join(ROOT, 'out', 'bench-latency');
  await build({
    entryPoints: [join(ROOT, 'bench', 'latency', 'host.ts')],
    outfile: join(bundled, 'host.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    loader: { '.wasm': 'binary', '.txt': 'text' },
    logLevel: 'warning',
  });
  const folder = join(await scope.temporaryFolder('latency'), 'workspace');
  if (paths.length === 0) await copySources(folder);
  for (const path of paths) await cp(path, join(folder, basename(path)), { recursive: true });
  await mkdir(join(folder, 'registrations'), { recursive: true });
  for (const name of ['files', 'editor', 'search', 'history'])
    await writeFile(join(folder, 'registrations', `${name}.ts`), similarLines(name));
  const large = await largeFileLines(folder);
  await writeFile(join(folder, LARGE_FILE), large);
  const freshFiles = ['LF', 'CRLF'].map((lineEnd) => ({
    lineEnd,
    files: Array.from({ length: COPIES }, (_, index) => copyName(lineEnd, index)),
  }));
  for (const { lineEnd, files } of freshFiles) {
    const text = lineEnd === 'LF' ? large : large.replaceAll('\n', '\r\n');
    for (const file of files) await writeFile(join(folder, file), text);
  }
  const plan: Plan = {
    file: LARGE_FILE,
    line: 9_000,
    freshFiles,
    lines: await typedLines(folder),
    keystrokes,
    interval: 110,
    maxLength: 60,
    trainingMinutes: minutes,
  };
  const own = await scope.temporaryFolder('profile');
  const [planFile, latencyFile] = [join(own, 'plan.json'), join(own, 'latency.json')];
  await writeFile(planFile, JSON.stringify(plan));
  await writeSettings(join(own, 'user-data'), SETTINGS);
  const vscodeExecutablePath = await executable(scope);
  await runTests({
    ...(vscodeExecutablePath !== undefined && { vscodeExecutablePath }),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: join(bundled, 'host.cjs'),
    launchArgs: [
      folder,
      '--disable-extensions',
      `--user-data-dir=${join(own, 'user-data')}`,
      `--extensions-dir=${join(own, 'extensions')}`,
    ],
    extensionTestsEnv: { CHAR_RNN_PLAN: planFile, CHAR_RNN_LATENCY: latencyFile },
  });
  return JSON.parse(await readFile(latencyFile, 'utf8')) as Latency;
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      minutes: { type: 'string', default: '0.75' },
      keystrokes: { type: 'string', default: '100' },
      json: { type: 'boolean', default: false },
    },
  });
  await buildExtension();
  const latency = await withScope((scope) =>
    measure(scope, positionals, Number(values.minutes), Number(values.keystrokes)),
  );
  report(latency, values.json);
  return 0;
});
