import { describe, expect, it } from 'vitest';
import { message } from '../../../src/common/localization/message.ts';
import { type StatusInput, agoText, statusText } from '../../../src/ui/status/status-text.ts';

const summary = {
  steps: 1200,
  isTrained: true,
  epochs: 3,
  parameters: 1000,
  vocabularySize: 99,
  cell: 'lstm',
  layers: 2,
  units: 128,
  bitsPerCharacter: 1.904,
  savedAt: '2026-01-01T12:00:00.000Z',
};
const base = { ...summary, isBase: true } as const;
const workspace = { files: 12, characters: 1000, bytes: 4000, isComplete: true };
const idle: StatusInput = {
  obstacle: undefined,
  training: undefined,
  worker: { kind: 'noModel' },
  workspace: undefined,
  trainingFailure: undefined,
  languageId: 'c',
  enabledHere: true,
  now: new Date('2026-01-01T12:05:30Z'),
};

describe('the status item', () => {
  for (const { name, input, kind, says } of [
    { name: 'no model yet offers training', input: {}, kind: 'noModel', says: /no model yet.*train one/ },
    {
      name: 'a setting that is not valid comes first, with a button to it',
      input: {
        settingFault: {
          key: 'charRnn.corpus.exclude',
          sentence: message`The setting is "x" but must be a list.`,
          forbidsLearning: true,
        },
        workspace,
      },
      kind: 'invalid',
      says: /setting not valid.*must be a list/,
    },
    {
      name: 'a snooze says when suggestions come again',
      input: { snoozedUntil: Date.parse('2026-01-01T13:00:00Z') },
      kind: 'off',
      says: /snoozed.*come again at .*\d\d/,
    },
    {
      name: 'a snooze without an end says that',
      input: { snoozedUntil: Infinity },
      kind: 'off',
      says: /snoozed.*until this window closes/,
    },
    {
      name: 'training tells the percentage, rounded down',
      input: { training: { fraction: 0.4399, bitsPerCharacter: undefined } },
      kind: 'training',
      says: /training 43 %.*in a moment/,
    },
    {
      name: 'training tells what suggestions come from before the first checkpoint',
      input: { training: { fraction: 0, bitsPerCharacter: undefined }, workspace },
      kind: 'training',
      says: /0 %.*the context model of 12 files/,
    },
    {
      name: 'the context model alone is ready to suggest',
      input: { workspace },
      kind: 'ready',
      says: /context model ready.*12 files learnt, no network/,
    },
    {
      name: 'before the first training, says what suggestions come from and offers training',
      input: { workspace, worker: { kind: 'ready', summary: base } },
      kind: 'noModel',
      says: /no model yet.*the base network and the context model of 12 files; train/,
    },
    {
      name: 'suggestions of the base network are off where the language is',
      input: { workspace, worker: { kind: 'ready', summary: base }, enabledHere: false },
      kind: 'off',
      says: /off/,
    },
    {
      name: 'who has turned suggestions off is not told to train to get some',
      input: { enabledHere: false },
      kind: 'off',
      says: /off/,
    },
    {
      name: 'the first training says that suggestions come from the base network',
      input: {
        workspace,
        worker: { kind: 'ready', summary: base },
        training: { fraction: 0, bitsPerCharacter: undefined },
      },
      kind: 'training',
      says: /the base network and the context model of 12 files/,
    },
    {
      name: 'training on tells that suggestions go on',
      input: { training: { fraction: 0, bitsPerCharacter: undefined }, worker: { kind: 'ready', summary } },
      kind: 'training',
      says: /0 %.*suggestions come from the last checkpoint/,
    },
    {
      name: 'a network that was never trained is no model',
      input: {
        worker: {
          kind: 'ready',
          summary: { ...summary, steps: 0, isTrained: false, bitsPerCharacter: null },
        },
      },
      kind: 'noModel',
      says: /no model yet/,
    },
    {
      name: 'training tells the held-out figure once there is one',
      input: { training: { fraction: 0.5, bitsPerCharacter: 2.345 } },
      kind: 'training',
      says: /50 %.*2\.35 bits per character|50 %.*2\.34 bits per character/,
    },
    {
      name: 'a ready model tells its quality and age',
      input: { worker: { kind: 'ready', summary } },
      kind: 'ready',
      says: /ready.*1\.90 bits per character, trained 5 min ago/,
    },
    {
      name: 'a model without held-out files tells its age alone',
      input: { worker: { kind: 'ready', summary: { ...summary, bitsPerCharacter: null } } },
      kind: 'ready',
      says: /ready trained 5 min ago$/,
    },
    {
      name: 'a ready model says that changed files wait for other power than the battery',
      input: { worker: { kind: 'ready', summary }, isResting: true },
      kind: 'ready',
      says: /trained 5 min ago; changed files are read once there is other power than the battery$/,
    },
    {
      name: 'where suggestions are off, nothing waits for other power',
      input: { worker: { kind: 'ready', summary }, enabledHere: false, isResting: true },
      kind: 'off',
      says: /turned off for c$/,
    },
    {
      name: 'a language that is off says so',
      input: { worker: { kind: 'ready', summary }, enabledHere: false },
      kind: 'off',
      says: /off here.*turned off for c$/,
    },
    {
      name: 'a failed training says why, even with a model at work',
      input: { worker: { kind: 'ready', summary }, trainingFailure: 'The disk is full.' },
      kind: 'failed',
      says: /failed.*The disk is full/,
    },
    {
      name: 'a failed worker says why',
      input: { worker: { kind: 'failed', sentence: 'The model is torn.' } },
      kind: 'failed',
      says: /failed.*The model is torn/,
    },
    {
      name: 'a new training hides the old failure',
      input: { training: { fraction: 0, bitsPerCharacter: undefined }, trainingFailure: 'old' },
      kind: 'training',
      says: /training 0 %/,
    },
    {
      name: 'an untrusted workspace comes before everything',
      input: { obstacle: 'untrusted', worker: { kind: 'ready', summary } },
      kind: 'unavailable',
      says: /restricted/,
    },
    {
      name: 'no folder offers to open one',
      input: { obstacle: 'no-folder' },
      kind: 'unavailable',
      says: /no folder/,
    },
    {
      name: 'a virtual workspace says why',
      input: { obstacle: 'virtual' },
      kind: 'unavailable',
      says: /not on a disk/,
    },
  ] satisfies { name: string; input: Partial<StatusInput>; kind: string; says: RegExp }[]) {
    it(name, () => {
      const status = statusText({ ...idle, ...input });
      expect(status.kind).toBe(kind);
      expect(`${status.text} ${status.detail}`).toMatch(says);
      expect(status.command.command).toMatch(/^(charRnn|workbench)\./);
    });
  }

  for (const [milliseconds, text] of [
    [59_000, 'just now'],
    [60_000, '1 min ago'],
    [59 * 60_000, '59 min ago'],
    [60 * 60_000, '1 hour ago'],
    [23 * 3_600_000, '23 hours ago'],
    [24 * 3_600_000, 'yesterday'],
    [72 * 3_600_000, '3 days ago'],
  ] as const) {
    it(`calls ${milliseconds} ms "${text}"`, () => expect(agoText(milliseconds)).toBe(text));
  }
});

it('clips a long sentence between words, so that the hover does not cover its button', () => {
  const { detail } = statusText({ ...idle, trainingFailure: `It failed, because ${'reasons '.repeat(40)}.` });
  expect(detail.length).toBeLessThanOrEqual(122);
  expect(detail).toMatch(/^It failed, because .*reasons …$/);
});
