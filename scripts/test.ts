/** npm test: builds, runs every runner though one before it failed, and ends with the totals of all. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, main, ROOT, runNode } from './repository.ts';
import { sum, totalsLine, totalsOf, type Totals } from './test-totals.ts';

const RESULTS = join(ROOT, 'out', 'test-results');
const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');

interface Runner {
  readonly name: string;
  readonly args: readonly string[];
}

function vitestRunner(name: string, config: string): Runner {
  const reporters = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(RESULTS, `${name}.json`)}`,
  ];
  return { name, args: [VITEST, 'run', '--config', config, ...reporters] };
}

const RUNNERS: readonly Runner[] = [
  vitestRunner('unit', 'vitest.config.ts'),
  vitestRunner('cli', 'vitest.cli.config.ts'),
  {
    name: 'vscode',
    args: [join(ROOT, 'scripts', 'test-vscode.ts'), '--results', join(RESULTS, 'vscode.json')],
  },
];

await main(async () => {
  await rm(RESULTS, { recursive: true, force: true });
  await mkdir(RESULTS, { recursive: true });
  await build();
  const all: Totals[] = [];
  for (const { name, args } of RUNNERS) {
    console.log(`\n${name} tests`);
    const status = await runNode(args);
    const totals = await totalsOf(join(RESULTS, `${name}.json`), status);
    console.log(`${name} tests: ${totalsLine(totals)}`);
    all.push(totals);
  }
  const totals = sum(all);
  console.log(`\n${totalsLine(totals)}`);
  return totals.failed > 0 ? 1 : 0;
});
