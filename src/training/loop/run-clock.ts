import type { Clock } from './schedule.ts';

/** Forward alone takes about this part of a training step. */
const FORWARD_SHARE = 1 / 3;

/** Keeps the times of a run that its schedule goes by. */
export class RunClock {
  private readonly heldOutCharacters: number;
  private readonly begin = performance.now();
  private checkpointAt: number | undefined;
  private hasSavedProgress = false;
  private measuredAt: number | undefined;
  private lastMeasureSeconds: number | undefined;
  private measuringSeconds = 0;
  private waitedSeconds = 0;

  /** @param heldOutCharacters that a measure reads; 0 where nothing is held out. */
  constructor(heldOutCharacters: number) {
    this.heldOutCharacters = heldOutCharacters;
  }

  /** Seconds since the run began. */
  get elapsed(): number {
    return (performance.now() - this.begin) / 1000;
  }

  /** `elapsed` without what `noteWait` was given. */
  get learningSeconds(): number {
    return this.elapsed - this.waitedSeconds;
  }

  /** The run waited so many seconds for what it needs to begin. */
  noteWait(seconds: number): void {
    this.waitedSeconds += seconds;
  }

  /** A checkpoint was written, or could not be. @param hasProgress whether it holds anything learnt. */
  noteCheckpoint(hasProgress: boolean): void {
    this.checkpointAt = this.elapsed;
    this.hasSavedProgress ||= hasProgress;
  }

  /**
   * A measure of the held-out files ended just now that took so many seconds.
   * @param hasStepped false for that of a resumed model before the first step, which no budget has to allow.
   */
  noteMeasure(seconds: number, hasStepped: boolean): void {
    this.measuredAt = this.elapsed - seconds;
    this.lastMeasureSeconds = seconds;
    if (hasStepped) this.measuringSeconds += seconds;
  }

  /** @param charactersPerSecond that training steps read. */
  read(charactersPerSecond: number): Omit<Clock, 'mayMeasure'> {
    const expected = (this.heldOutCharacters / charactersPerSecond) * FORWARD_SHARE;
    return {
      elapsed: this.elapsed,
      checkpointAt: this.checkpointAt,
      hasSavedProgress: this.hasSavedProgress,
      measuredAt: this.measuredAt,
      measuringSeconds: this.measuringSeconds,
      measureSeconds: this.heldOutCharacters > 0 ? (this.lastMeasureSeconds ?? expected) : undefined,
    };
  }
}
