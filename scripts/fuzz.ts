/** npm run fuzz: the tests of test/fuzz and of hostile clients with many runs of each, [--runs 10000] [--seed 1]. */
import { parseArgs } from 'node:util';
import { UserFacingError } from '../src/common/errors.ts';
import { main, runNode } from './repository.ts';

await main(async () => {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  });
  const [runs, seed] = [Number(values.runs), Number(values.seed)];
  if (!(Number.isInteger(runs) && runs > 0 && Number.isInteger(seed))) {
    throw new UserFacingError('--runs and --seed must be whole numbers, --runs above 0.');
  }
  const vitest = (...args: string[]): Promise<number> =>
    runNode(['node_modules/vitest/vitest.mjs', 'run', ...args], {
      CHAR_RNN_FUZZ_RUNS: String(runs),
      CHAR_RNN_FUZZ_SEED: String(seed),
    });
  const statuses = [
    await vitest('test/fuzz'),
    await vitest('--config', 'vitest.cli.config.ts', 'test/lsp/hostile'),
  ];
  return Math.max(...statuses);
});
