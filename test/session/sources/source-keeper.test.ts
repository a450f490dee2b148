import { expect, it } from 'vitest';
import type { SuggestionSources } from '../../../src/completion/index.ts';
import { SourceKeeper } from '../../../src/session/index.ts';

it('settles a check with the sources of a newer one that began meanwhile', async () => {
  const answers: ((version: string) => void)[] = [];
  const given: (string | undefined)[] = [];
  const keeper = new SourceKeeper(
    { setSources: (sources: SuggestionSources) => void given.push(sources.model?.version) },
    {
      inputs: () => ({
        obstacle: undefined,
        isSuggesting: true,
        showsSurprise: false,
        isTraining: false,
        suggestsBeforeTraining: true,
        base: undefined,
      }),
      model: () => ({ path: '/model' }),
      modelVersion: () => new Promise((resolve) => answers.push(resolve)),
      corpus: () => ({ roots: ['/'], include: [], exclude: [], maxCharacters: 1 }),
      memory: () => undefined,
    },
  );
  let isSettled = false;
  const older = keeper.refresh().then(() => (isSettled = true));
  const newer = keeper.refresh();
  answers[0]('old');
  await new Promise((resolve) => setImmediate(resolve));
  expect([isSettled, given]).toEqual([false, []]);
  answers[1]('new');
  await Promise.all([older, newer]);
  expect(given).toEqual(['new']);
});
