/** Has the suggestion worker remember a folder, starts it again in processes of their own, and prints time and memory. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withScope } from '../../scripts/real-vscode/scope.ts';
import { build, main } from '../../scripts/repository.ts';
import { resultOfProgram } from '../child.ts';
import { report, table } from '../report.ts';
import type { Started } from './host.ts';

function startOnce(
  folder: string,
  file: string,
  memoryPath: string,
  work: 'keep' | 'suggest',
): Promise<Started> {
  return resultOfProgram(join(import.meta.dirname, 'host.ts'), [folder, file, memoryPath, work]);
}

function describe(starts: readonly Started[]): string {
  const rows = starts.map((each) => [
    String(each.firstMs),
    String(each.restoredMs),
    String(each.knowingMs),
    `${each.residentBefore} to ${each.residentAfter}`,
    String(each.idleMs),
  ]);
  return table(
    [
      'first suggestion, ms',
      'memory restored, ms',
      'first of it, ms',
      'resident, MB',
      'CPU in 30 s at rest, ms',
    ],
    rows,
  );
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string' },
      file: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
    },
  });
  const { folder, file } = values;
  if (folder === undefined || file === undefined) throw new Error('name --folder and a --file of it');
  await build();
  const starts = await withScope(async (scope) => {
    const memoryPath = join(await scope.temporaryFolder('start'), 'memory.bin');
    await startOnce(folder, file, memoryPath, 'keep');
    const all: Started[] = [];
    for (let round = 0; round < Number(values.rounds); round++)
      all.push(await startOnce(folder, file, memoryPath, 'suggest'));
    return all;
  });
  report(values.json, { starts }, describe(starts));
  return 0;
});
