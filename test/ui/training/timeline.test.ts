import { expect, it } from 'vitest';
import { askSampleKind, samplesOf, timelineText } from '../../../src/ui/training/timeline.ts';
import { fake } from '../../vscode-fake/index.ts';

const samples = [
  { step: 0, epoch: 0, loss: 4.5, text: 'xq\n' },
  { step: 200, epoch: 0.25, loss: 1.234, text: 'int main\n{' },
];

it('is offered where there is one', async () => {
  expect(await askSampleKind([])).toBe('new');
  expect(fake.quickPick.offered).toEqual([]);
  for (const [pick, expected] of [
    [0, 'new'],
    [1, 'timeline'],
    [-1, undefined],
  ] as const) {
    fake.quickPick.chosen = pick;
    expect(await askSampleKind(samples)).toBe(expected);
  }
  expect(fake.quickPick.offered[1].description).toBe('2 samples, from step 0 to 200');
});

it('shows each sample under a line that says when it was written', () => {
  expect(timelineText(samples)).toBe(
    '===== step 0, epoch 0.00, loss 4.500 nats =====\nxq\n\n' +
      '===== step 200, epoch 0.25, loss 1.234 nats =====\nint main\n{\n',
  );
});

it('is empty where there is no model', async () => {
  expect(await samplesOf('/nowhere/at/all')).toEqual([]);
});
