import { describe, expect, it } from 'vitest';
import { isOnBatteryPower, type PowerSystem } from '../../../src/session/power/system-power.ts';

const missing = (): Promise<never> => Promise.reject(new Error('ENOENT'));

/** A Linux machine whose power supplies are folders of these files. */
function linux(supplies: Readonly<Record<string, Readonly<Record<string, string>>>>): PowerSystem {
  return {
    platform: 'linux',
    list: (folder) =>
      folder === '/sys/class/power_supply' ? Promise.resolve(Object.keys(supplies)) : missing(),
    read: (file) => {
      const [name, value] = file.split('/').slice(4);
      const text = supplies[name]?.[value];
      return text === undefined ? missing() : Promise.resolve(`${text}\n`);
    },
    run: missing,
  };
}

/** A system that a program answers for. */
function answering(platform: NodeJS.Platform, answer: string, programs: string[] = []): PowerSystem {
  return {
    platform,
    list: missing,
    read: missing,
    run: (program) => {
      programs.push(program);
      return Promise.resolve(answer);
    },
  };
}

const discharging = { type: 'Battery', status: 'Discharging' };
const charging = { type: 'Battery', status: 'Charging' };

describe('battery power on Linux', () => {
  for (const { name, supplies, expected } of [
    {
      name: 'a laptop that is unplugged',
      supplies: { AC: { type: 'Mains', online: '0' }, BAT0: discharging },
      expected: true,
    },
    {
      name: 'a laptop that is plugged in',
      supplies: { AC: { type: 'Mains', online: '1' }, BAT0: charging },
      expected: false,
    },
    {
      name: 'one of two batteries discharging while plugged in',
      supplies: { BAT0: discharging, BAT1: charging, AC: { type: 'Mains', online: '1' } },
      expected: false,
    },
    {
      name: 'one of two batteries discharging while unplugged',
      supplies: {
        BAT0: { type: 'Battery', status: 'Unknown' },
        BAT1: discharging,
        AC: { type: 'Mains', online: '0' },
      },
      expected: true,
    },
    {
      name: 'power over USB',
      supplies: { 'ucsi-source-psy-1': { type: 'USB', online: '1', scope: 'System' }, BAT0: discharging },
      expected: false,
    },
    {
      name: 'a mouse whose battery discharges',
      supplies: { hidpp: { ...discharging, scope: 'Device' } },
      expected: false,
    },
    {
      name: 'a mouse that is charged by an unplugged laptop',
      supplies: { hidpp: { type: 'USB', online: '1', scope: 'Device' }, BAT0: discharging },
      expected: true,
    },
    {
      name: 'a full battery that says nothing of mains',
      supplies: { BAT0: { type: 'Battery', status: 'Full' } },
      expected: false,
    },
    { name: 'a desktop', supplies: {}, expected: false },
  ] as const) {
    it(`${name}: ${expected}`, async () => expect(await isOnBatteryPower(linux(supplies))).toBe(expected));
  }

  it('is none where the system does not say', async () => {
    const silent = { platform: 'linux', list: missing, read: missing, run: missing } as const;
    expect(await isOnBatteryPower(silent)).toBe(false);
    expect(await isOnBatteryPower({ ...linux({ BAT0: discharging }), platform: 'freebsd' })).toBe(false);
  });
});

describe('battery power on macOS', () => {
  const text = (from: string) =>
    `Now drawing from '${from}'\n -InternalBattery-0 (id=1)\t87%; discharging; 5:12 remaining`;
  it('is what pmset says', async () => {
    const programs: string[] = [];
    expect(await isOnBatteryPower(answering('darwin', text('Battery Power'), programs))).toBe(true);
    expect(await isOnBatteryPower(answering('darwin', text('AC Power'), programs))).toBe(false);
    expect(new Set(programs)).toEqual(new Set(['/usr/bin/pmset']));
  });
});

describe('battery power on Windows', () => {
  for (const [answer, expected] of [
    ['1\r\n', true],
    ['2\r\n', false],
    ['4\r\n', true],
    ['6\r\n', false],
    ['1\r\n2\r\n', false],
    ['', false],
    ['Get-CimInstance : Access denied', false],
  ] as const) {
    it(`${JSON.stringify(answer)}: ${expected}`, async () => {
      const programs: string[] = [];
      expect(await isOnBatteryPower(answering('win32', answer, programs))).toBe(expected);
      expect(programs[0]).toMatch(/^[A-Z]:\\.*\\powershell\.exe$/i);
    });
  }

  it('is none where the program cannot be run', async () => {
    expect(await isOnBatteryPower({ platform: 'win32', list: missing, read: missing, run: missing })).toBe(
      false,
    );
  });
});

it('is asked of the system that the tests run on, without an error', async () => {
  expect(typeof (await isOnBatteryPower())).toBe('boolean');
});
