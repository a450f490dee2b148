import { beforeEach, expect, it } from 'vitest';
import { COMMAND_IDS } from '../../../src/ui/command-ids.ts';
import { Experience } from '../../../src/ui/first-steps/experience.ts';
import { UnaskedNotices } from '../../../src/ui/first-steps/unasked-notices.ts';
import { fake, resetFake } from '../../vscode-fake/index.ts';

let stored: Map<string, unknown>;
let logged: string[];
let experience: Experience;
let notices: UnaskedNotices;

beforeEach(() => {
  resetFake();
  stored = new Map();
  logged = [];
  experience = new Experience({
    get: (key: string) => stored.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void stored.set(key, value)),
  });
  notices = new UnaskedNotices(experience, { info: (line: string) => void logged.push(line) });
});

const SENTENCE = 'The model is trained.';
const GENERATE = { title: 'Generate Sample', command: COMMAND_IDS.generate };

it('shows notifications until a suggestion is accepted', async () => {
  await notices.show('information', SENTENCE, GENERATE);
  expect(fake.notifications).toEqual([{ sentence: SENTENCE, buttons: ['Generate Sample'] }]);
  expect(fake.statusBarMessages).toEqual([]);
});

it('interrupts nobody after that, but says so in the status bar and the log', async () => {
  experience.noteAccepted();
  await notices.show('information', SENTENCE, GENERATE);
  expect(fake.notifications).toEqual([]);
  expect(fake.statusBarMessages).toEqual([`$(info) ${SENTENCE}`]);
  expect(logged).toEqual([SENTENCE]);
});

it('warns all the same', async () => {
  experience.noteAccepted();
  await notices.show('warning', 'A folder is missing.');
  expect(fake.notifications).toEqual([{ sentence: 'A folder is missing.', buttons: [] }]);
});

it('remembers in the next window what was accepted and seen, and writes it once', () => {
  let updates = 0;
  const next = new Experience({
    get: (key: string) => stored.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void (updates++, stored.set(key, value))),
  });
  expect([next.hasAccepted, next.hasSeenFirstSteps]).toEqual([false, false]);
  for (let i = 0; i < 2; i++) {
    next.noteAccepted();
    next.noteFirstSteps();
  }
  expect([experience.hasAccepted, experience.hasSeenFirstSteps, updates]).toEqual([true, true, 2]);
});
