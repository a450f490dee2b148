import { describe, expect, it } from 'vitest';
import { ReadingPace } from '../../../src/completion/worker/reading-pace.ts';

/** Reads as often as the pace allows. @returns when each reading began. */
function readFor(duration: number, readingTime: number, pace = new ReadingPace(), from = 0): number[] {
  const starts: number[] = [];
  let now = Math.max(from, pace.restsUntil);
  while (now < from + duration) {
    starts.push(now);
    pace.note(now, now + readingTime);
    now = pace.restsUntil;
  }
  return starts;
}

const HOUR = 3_600_000;

describe('the pace of reading', () => {
  for (const readingTime of [10, 500, 3_000, 10_000, 30_000, 120_000])
    it(`leaves 20/21 of two hours free where a reading takes ${readingTime} ms`, () => {
      const taken = readFor(2 * HOUR, readingTime).length * readingTime;
      // Half a minute may be taken ahead, the first does not count, and the last may end later.
      expect(taken).toBeLessThanOrEqual((2 * HOUR) / 21 + 600_000 / 20 + 2 * readingTime);
      expect(taken).toBeGreaterThan((2 * HOUR) / 21 - readingTime);
    });

  it('lets a large tree be read again within half a minute, as after a branch switch', () => {
    const pace = new ReadingPace();
    pace.note(0, 8_000);
    expect(pace.restsUntil).toBe(23_000);
    pace.note(23_000, 31_000);
    expect(pace.restsUntil).toBe(46_000);
  });

  it('is not slowed by the first reading, however long it takes', () => {
    const pace = new ReadingPace();
    pace.note(0, 100_000);
    expect(pace.restsUntil).toBe(115_000);
  });

  it('rests for all that is owed once too much was put off, and less again after a quiet time', () => {
    const pace = new ReadingPace();
    readFor(HOUR, 8_000, pace);
    const [start] = readFor(1, 8_000, pace, pace.restsUntil);
    expect(pace.restsUntil - start).toBe(21 * 8_000);
    readFor(1, 8_000, pace, pace.restsUntil + 600_000);
    const [later] = readFor(1, 8_000, pace, pace.restsUntil);
    expect(pace.restsUntil - later).toBe(23_000);
  });

  it('makes who begins to edit elsewhere wait for less', () => {
    const pace = new ReadingPace();
    pace.note(0, 100);
    expect(pace.restsUntil).toBe(2_100);
    pace.hurry();
    expect(pace.restsUntil).toBe(500);
    pace.hurry();
    expect(pace.restsUntil).toBe(500);
  });
});
