/** npm run endurance: long sessions in which things go wrong, in real VS Code and with the language server; --one-host shows how memory grows. */
import { parseArgs } from 'node:util';
import { UserFacingError } from '../src/common/errors.ts';
import { build, main, runNode } from './repository.ts';

await main(async () => {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      'one-host': { type: 'boolean', default: false },
    },
  });
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  if (!(minutes > 0)) throw new UserFacingError('--minutes must be a number above 0.');
  if (!Number.isInteger(seed)) throw new UserFacingError('--seed must be a whole number.');
  if (process.platform !== 'linux') {
    throw new UserFacingError('The endurance test needs Linux: it looks at processes under /proc.');
  }
  await build();
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/endurance/vitest.config.ts'];
  return runNode([...args, '--reporter=verbose'], {
    CHAR_RNN_ENDURANCE_MINUTES: String(minutes),
    CHAR_RNN_ENDURANCE_SEED: String(seed),
    CHAR_RNN_ENDURANCE_ONE_HOST: values['one-host'] ? '1' : '0',
  });
});
