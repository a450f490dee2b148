import { beforeEach, expect, it } from 'vitest';
import { COMMAND_IDS } from '../../../src/ui/command-ids.ts';
import { SettingFaults } from '../../../src/ui/status/setting-faults.ts';
import { configure, fake, resetFake } from '../../vscode-fake/index.ts';

beforeEach(resetFake);

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

it('shows what is wrong with a setting once, with a button that opens it', async () => {
  const opened: unknown[] = [];
  fake.ownCommands.set('workbench.action.openSettings', (...given: unknown[]) => {
    opened.push(...given);
    return Promise.resolve();
  });
  fake.answer = () => Promise.resolve('Open Setting');
  const warnings: string[] = [];
  const faults = new SettingFaults({ warn: (line: string) => warnings.push(line) });
  expect(faults.first).toBeUndefined();
  configure({ 'charRnn.temperature': 'hot' });
  configure({ 'charRnn.corpus.exclude': 'secret/**' });
  configure({ 'charRnn.suggestions.delay': 10 });
  await settle();
  expect(faults.first).toMatchObject({ key: 'charRnn.corpus.exclude', forbidsLearning: true });
  expect(fake.notifications.map(({ buttons }) => buttons)).toEqual([['Open Setting'], ['Open Setting']]);
  expect(warnings).toHaveLength(2);
  expect(opened).toEqual(['charRnn.temperature', 'charRnn.corpus.exclude']);
  configure({ 'charRnn.corpus.exclude': ['secret/**'], 'charRnn.temperature': 1 });
  expect(faults.first).toBeUndefined();
  faults.dispose();
  expect(fake.events.configuration.listenerCount).toBe(0);
  expect(Object.values(COMMAND_IDS)).not.toContain('workbench.action.openSettings');
});
