import path from 'node:path';
import { isIgnoreList } from '../../corpus/index.ts';
import type { PowerSource } from '../power/power-source.ts';

/** Time without changes after which the changes so far are reported together. */
const QUIET_MS = 2000;
/** Time after which changes are reported even if files go on changing. */
const MAX_DELAY_MS = 10_000;

export interface FileChangesContext {
  /** Whether changes of a file are not reported; those of Git's own files never are. */
  isIgnored(path: string): boolean;
  /** Whether the user wants changes of files to wait while the machine runs on battery power. */
  restsOnBattery(): boolean;
  /** Called once for many changes. */
  onChange(): void;
  /** Called when `isResting` changed. */
  onResting(): void;
}

/**
 * Reports that files of the workspace may have changed, once for many changes. On battery power, changes of files wait
 * until there is other power; those of what is to be learnt, such as settings and ignore lists, do not.
 */
export class FileChanges {
  private readonly context: FileChangesContext;
  private readonly power: Pick<PowerSource, 'isOnBattery' | 'validMs'>;
  private timer: NodeJS.Timeout | undefined;
  /** When the changes so far must be reported at the latest, in ms of `performance.now()`. */
  private deadline: number | undefined;
  /** Whether changes wait that are reported on battery power, too. */
  private isUrgent = false;
  private resting = false;
  private isDisposed = false;

  constructor(context: FileChangesContext, power: Pick<PowerSource, 'isOnBattery' | 'validMs'>) {
    this.context = context;
    this.power = power;
  }

  /** Whether files have changed that are not reported before there is other power than the battery. */
  get isResting(): boolean {
    return this.resting;
  }

  /** A file was made, changed or deleted. */
  noteFile(file: string): void {
    if (/[\\/]\.git[\\/]/.test(file)) return;
    const isList = isIgnoreList(path.basename(file));
    // A list rules its folder, whether it is learnt itself or not.
    if (!this.context.isIgnored(isList ? path.dirname(file) : file)) this.note(isList);
  }

  /** Which files are to be learnt may have changed. */
  noteRules(): void {
    this.note(true);
  }

  /** Reports the changes that wait, if any, at once. */
  flush(): void {
    if (this.deadline === undefined && !this.resting) return;
    this.isUrgent = true;
    clearTimeout(this.timer);
    void this.report();
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
  }

  private note(isUrgent: boolean): void {
    const now = performance.now();
    this.isUrgent ||= isUrgent;
    this.deadline ??= now + MAX_DELAY_MS;
    this.reportAfter(Math.min(QUIET_MS, this.deadline - now));
  }

  private reportAfter(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.report(), milliseconds);
  }

  private async report(): Promise<void> {
    this.deadline = undefined;
    const mustRest = !this.isUrgent && (await this.restsNow());
    if (this.isDisposed) return;
    if (mustRest) {
      // Changes that were noted meanwhile have set the timer already.
      if (this.deadline === undefined) this.reportAfter(this.power.validMs);
    } else {
      this.isUrgent = false;
      this.context.onChange();
    }
    if (mustRest === this.resting) return;
    this.resting = mustRest;
    this.context.onResting();
  }

  private async restsNow(): Promise<boolean> {
    return this.context.restsOnBattery() && (await this.power.isOnBattery());
  }
}
