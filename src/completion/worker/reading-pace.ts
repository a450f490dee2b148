/** After a reading that took t, the next one waits for this many times t: reading takes 1/21 of the time at most. */
const REST_PER_READING = 20;
/** The same where somebody begins to edit somewhere else, and waits for what is near. */
const REST_PER_PLACE = 4;
/** Longest rest in ms that is not put off, so that after a quiet time a large tree is up to date in half a minute. */
const MAX_REST_MS = 15_000;
/** Most rest in ms that may be put off: long readings of a large tree follow each other sooner, but not for long. */
const MAX_DEFERRED_MS = 600_000;

/**
 * Says when files may be read again. Reading takes 1/21 of the time at most, besides the first and half a minute that may
 * be taken ahead. Times are in ms of `performance.now()`.
 */
export class ReadingPace {
  private until = 0;
  private untilPlace = 0;
  private deferred = 0;
  private isFirst = true;

  /** When the next reading may begin. */
  get restsUntil(): number {
    return this.until;
  }

  /** What is near a place where somebody begins to edit may be read sooner. */
  hurry(): void {
    this.until = Math.min(this.until, this.untilPlace);
  }

  /** Notes a reading. The first, in which everything is learnt and for which somebody waits, is followed by a short rest. */
  note(start: number, end: number): void {
    // Time in which nothing was read makes up for rest that was put off.
    this.deferred = Math.max(0, this.deferred - (start - this.until));
    const owed = (end - start) * REST_PER_READING;
    const long = Math.max(0, owed - MAX_REST_MS);
    const putOff = this.isFirst ? long : Math.min(long, MAX_DEFERRED_MS - this.deferred);
    if (!this.isFirst) this.deferred += putOff;
    this.isFirst = false;
    this.until = end + owed - putOff;
    this.untilPlace = Math.min(this.until, end + (end - start) * REST_PER_PLACE);
  }
}
