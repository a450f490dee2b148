import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** What the state of the power supply is read from; replaced in tests. */
export interface PowerSystem {
  readonly platform: NodeJS.Platform;
  /** Names in a folder. @throws the system's error. */
  list(folder: string): Promise<readonly string[]>;
  /** A file's text. @throws the system's error. */
  read(file: string): Promise<string>;
  /** What a program prints. @throws where it cannot be run or fails. */
  run(program: string, args: readonly string[]): Promise<string>;
}

/** Where Linux describes power supplies, one folder each (Documentation/ABI/testing/sysfs-class-power). */
const LINUX_SUPPLIES = '/sys/class/power_supply';
/** By its whole path, so that no program of the workspace is run in its place. */
const MAC_PROGRAM = '/usr/bin/pmset';
/** `BatteryStatus` of `Win32_Battery` where the battery discharges: discharging, low, critical. */
const WINDOWS_DISCHARGING = ['1', '4', '5'];
const PROGRAM_TIMEOUT_MS = 10_000;

const SYSTEM: PowerSystem = {
  platform: process.platform,
  list: (folder) => readdir(folder),
  read: (file) => readFile(file, 'utf8'),
  run: async (program, args) => {
    const options = { timeout: PROGRAM_TIMEOUT_MS, windowsHide: true } as const;
    return (await promisify(execFile)(program, args, options)).stdout;
  },
};

const READERS: Readonly<Partial<Record<NodeJS.Platform, (system: PowerSystem) => Promise<boolean>>>> = {
  linux: isDischargingOnLinux,
  darwin: isDischargingOnMac,
  win32: isDischargingOnWindows,
};

/**
 * Whether the machine runs on battery power; false where the system does not say. Asking costs some file reads on
 * Linux, a short program on macOS, and about half a second of another process on Windows.
 */
export async function isOnBatteryPower(system: PowerSystem = SYSTEM): Promise<boolean> {
  try {
    return (await READERS[system.platform]?.(system)) ?? false;
  } catch {
    return false;
  }
}

/** A supply that is online counts for more than a battery, since one of two batteries may discharge meanwhile. */
async function isDischargingOnLinux(system: PowerSystem): Promise<boolean> {
  let isDischarging = false;
  for (const name of await system.list(LINUX_SUPPLIES)) {
    const value = async (file: string): Promise<string> =>
      (await system.read(path.posix.join(LINUX_SUPPLIES, name, file)).catch(() => '')).trim();
    // Mice and the like have batteries of their own.
    if ((await value('scope')) === 'Device') continue;
    if ((await value('type')) === 'Battery') isDischarging ||= (await value('status')) === 'Discharging';
    else if ((await value('online')) === '1') return false;
  }
  return isDischarging;
}

async function isDischargingOnWindows(system: PowerSystem): Promise<boolean> {
  const root = process.env['SystemRoot'] ?? 'C:\\Windows';
  const program = path.win32.join(root, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  const query = '(Get-CimInstance -ClassName Win32_Battery).BatteryStatus';
  const states = (await system.run(program, ['-NoProfile', '-NonInteractive', '-Command', query])).trim();
  return states !== '' && states.split(/\s+/).every((state) => WINDOWS_DISCHARGING.includes(state));
}

async function isDischargingOnMac(system: PowerSystem): Promise<boolean> {
  return /drawing from 'Battery Power'/.test(await system.run(MAC_PROGRAM, ['-g', 'batt']));
}
