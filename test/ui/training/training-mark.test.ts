import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockModel } from '../../../src/common/lock-file.ts';
import { notify } from '../../../src/ui/status/notifications.ts';
import { TrainingMark } from '../../../src/ui/training/training-mark.ts';
import { fake, resetFake } from '../../vscode-fake/index.ts';

const notices = { show: notify };
let folder = '';
let mark: TrainingMark;
beforeEach(async () => {
  resetFake();
  folder = await mkdtemp(path.join(tmpdir(), 'char-rnn-mark-'));
  mark = new TrainingMark(path.join(folder, 'model.safetensors'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('has a training that was cut off shown once, with a button that goes on', async () => {
  mark.set();
  let trained = 0;
  fake.ownCommands.set('charRnn.train', () => Promise.resolve(void trained++));
  fake.answer = () => Promise.resolve('Continue Training');
  await mark.reportCutOff(notices);
  await mark.reportCutOff(notices);
  expect(fake.notifications).toEqual([
    { sentence: expect.stringContaining('was saved') as string, buttons: ['Continue Training'] },
  ]);
  expect(trained).toBe(1);
});

it('says nothing of a training that ended, or that another window runs', async () => {
  await mark.reportCutOff(notices);
  mark.set();
  mark.clear();
  await mark.reportCutOff(notices);
  mark.set();
  const lock = await lockModel(path.join(folder, 'model.safetensors'));
  await mark.reportCutOff(notices, 0);
  expect(fake.notifications).toEqual([]);
  lock.release();
  await mark.reportCutOff(notices);
  expect(fake.notifications).toHaveLength(1);
});

it('has it shown by one of several windows that begin at once, and not again by one that is loaded anew', async () => {
  mark.set();
  await mark.settled;
  const windows = Array.from({ length: 4 }, () => new TrainingMark(path.join(folder, 'model.safetensors')));
  await Promise.all(windows.map((window) => window.reportCutOff(notices)));
  await new TrainingMark(path.join(folder, 'model.safetensors')).reportCutOff(notices);
  expect(fake.notifications).toHaveLength(1);
});

it('is none where the folder cannot be written', async () => {
  const nowhere = new TrainingMark(path.join(folder, 'gone', 'model.safetensors'));
  nowhere.set();
  nowhere.clear();
  await nowhere.reportCutOff(notices);
  expect(fake.notifications).toEqual([]);
});
