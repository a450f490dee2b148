import { isOnBatteryPower } from './system-power.ts';

/** How long an answer of the system holds. Windows answers through a program that takes half a second. */
const VALID_MS = process.platform === 'win32' ? 300_000 : 60_000;

/** Knows whether the machine runs on battery power, asking the system seldom and only when somebody wants to know. */
export class PowerSource {
  /** Time after which asking again may give another answer, in ms. */
  readonly validMs: number = VALID_MS;
  private readonly read: () => Promise<boolean>;
  private answer: Promise<boolean> | undefined;
  private askedAt = 0;

  /** @param read asks the system. */
  constructor(read: () => Promise<boolean> = isOnBatteryPower) {
    this.read = read;
  }

  isOnBattery(): Promise<boolean> {
    const now = performance.now();
    if (this.answer === undefined || now - this.askedAt >= this.validMs) {
      this.askedAt = now;
      this.answer = this.read();
    }
    return this.answer;
  }
}
