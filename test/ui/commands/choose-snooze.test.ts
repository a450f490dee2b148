import { beforeEach, describe, expect, it } from 'vitest';
import { chooseSnooze, type Snoozable } from '../../../src/ui/commands/choose-snooze.ts';
import { fake, resetFake } from '../../vscode-fake/index.ts';

let calls: (number | 'end')[];

function snooze(isOn: boolean): Snoozable {
  return { isOn, begin: (minutes) => void calls.push(minutes), end: () => void calls.push('end') };
}

beforeEach(() => {
  resetFake();
  calls = [];
});

describe('choosing how long suggestions rest', () => {
  for (const [chosen, minutes] of [5, 60, Infinity].entries()) {
    it(`offers ${minutes} minutes`, async () => {
      fake.quickPick.chosen = chosen;
      await chooseSnooze(snooze(false));
      expect(calls).toEqual([minutes]);
    });
  }

  it('offers first to end it where it is on', async () => {
    fake.quickPick.chosen = 0;
    await chooseSnooze(snooze(true));
    expect(calls).toEqual(['end']);
  });

  it('leaves everything as it is where nothing is chosen', async () => {
    await chooseSnooze(snooze(true));
    expect(calls).toEqual([]);
  });
});
