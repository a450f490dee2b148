import { beforeEach, describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import type { FoundUnits, ModelSummary } from '../../../src/completion/index.ts';
import { chooseUnit } from '../../../src/ui/units/choose-unit.ts';
import type { ShownUnit } from '../../../src/ui/units/unit-display.ts';
import { fake, type FakeQuickPick, resetFake } from '../../vscode-fake/index.ts';

let network: ModelSummary | undefined;
const ofOneLayer = { layers: 1, units: 3, cell: 'lstm', isBase: true } as ModelSummary;
const found: FoundUnits = {
  units: [{ unit: 2, feature: 'string', correlation: 0.83 }],
  characters: 60_000,
};

let shown: ShownUnit | undefined;
let answer: (found: FoundUnits | undefined) => void;
let fail: (error: Error) => void;
let signal: AbortSignal | undefined;
let warnings: string[];

const view = {
  get shown() {
    return shown;
  },
  show: (unit: ShownUnit | undefined) => void (shown = unit),
};
const client = {
  get network() {
    return network;
  },
  requireNetwork: () => {
    if (!network) throw new UserFacingError('There is none.');
    return network;
  },
  find: (given: AbortSignal) => {
    signal = given;
    return new Promise<FoundUnits | undefined>((resolve, reject) => ([answer, fail] = [resolve, reject]));
  },
};

beforeEach(() => {
  resetFake();
  [network, shown, signal, warnings] = [ofOneLayer, undefined, undefined, []];
});

function open(): { pick: FakeQuickPick; done: Promise<void> } {
  const done = chooseUnit(view, client, { warn: (line: string) => void warnings.push(line) });
  return { pick: fake.quickPicks[0], done };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const labels = ({ items }: FakeQuickPick) => items.map(({ label }) => label);

describe('choosing a unit', () => {
  it('offers all units at once, and those with a name first once they are found', async () => {
    const { pick, done } = open();
    expect(pick.title).toContain('the base network');
    expect(labels(pick)).toEqual(['by number', 'Unit 1', 'Unit 2', 'Unit 3']);
    expect(pick.busy).toBe(true);
    answer(found);
    await settle();
    expect(labels(pick)).toEqual(['follow something with a name', 'Unit 3', 'by number', 'Unit 1', 'Unit 2']);
    expect(pick.items[1]).toMatchObject({ description: 'follows being inside a string, r = +0.83' });
    expect(pick.busy).toBe(false);
    // Nobody had chosen another one meanwhile.
    expect(shown?.unit).toBe(2);
    pick.accept();
    await done;
    expect(shown).toEqual({ unit: 2, name: 'Unit 3', follows: 'follows being inside a string, r = +0.83' });
  });

  it('shows a unit while it is the active one, and stays there when others are found', async () => {
    const { pick, done } = open();
    pick.moveTo('Unit 2');
    expect(shown?.unit).toBe(1);
    answer(found);
    await settle();
    expect([pick.activeItems[0].label, shown?.unit]).toEqual(['Unit 2', 1]);
    pick.accept();
    await done;
    expect(shown?.unit).toBe(1);
  });

  it('goes back to what was shown when it is left, and ends the search', async () => {
    const before = { unit: 1, name: 'Unit 2' };
    shown = before;
    const { pick, done } = open();
    expect(pick.activeItems[0].label).toBe('Unit 2');
    pick.moveTo('Unit 3');
    expect(shown.unit).toBe(2);
    pick.hide();
    await done;
    expect(shown).toBe(before);
    expect(signal?.aborted).toBe(true);
  });

  it('offers to show none where one is shown', async () => {
    shown = { unit: 1, name: 'Unit 2' };
    const { pick, done } = open();
    pick.moveTo(labels(pick)[0]);
    expect(shown).toBeUndefined();
    pick.accept();
    await done;
    expect(shown).toBeUndefined();
  });

  it('shows no unit by its old number once another network is loaded', async () => {
    shown = { unit: 1, name: 'Unit 2' };
    const left = open();
    network = { ...ofOneLayer, layers: 3, units: 1 };
    left.pick.moveTo('Unit 3');
    expect(shown.unit).toBe(1);
    left.pick.hide();
    await left.done;
    expect(shown).toBeUndefined();

    resetFake();
    const { pick, done } = open();
    pick.moveTo('Layer 2, unit 1');
    network = ofOneLayer;
    pick.accept();
    await expect(done).rejects.toThrow('The network has no such unit any more; choose another one.');
    expect(shown).toBeUndefined();

    resetFake();
    const last = open();
    network = undefined;
    last.pick.accept();
    await expect(last.done).rejects.toThrow('There is none.');
  });

  it('says why no unit has a name', async () => {
    const { pick, done } = open();
    answer({ units: [], characters: 0 });
    await settle();
    expect(pick.placeholder).toMatch(/^No file of this workspace is known yet/);
    pick.hide();
    await done;
    const second = chooseUnit(view, client, { warn: (line: string) => void warnings.push(line) });
    fail(new Error('no memory'));
    await settle();
    expect(fake.quickPicks[1].placeholder).toMatch(/see the log/);
    expect(fake.quickPicks[1].busy).toBe(false);
    expect(warnings).toEqual(['no units with a name are found: no memory']);
    fake.quickPicks[1].hide();
    await second;
  });

  it('opens no list where there is no network', async () => {
    network = undefined;
    await expect(open().done).rejects.toThrow('There is none.');
    expect(fake.quickPicks).toEqual([]);
  });
});
