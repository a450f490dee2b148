import { describe, expect, it } from 'vitest';
import {
  countsBySpan,
  dayOf,
  mergeCounts,
  parseCounts,
  withCounts,
  withoutOldDays,
} from '../../../src/ui/panel/counts/day-counts.ts';

const now = new Date(2026, 2, 30, 0, 30);
const none = { shown: 0, taken: 0, characters: 0, judged: 0, kept: 0 };
const shown = (count: number) => ({ ...none, shown: count });

describe('counts by day', () => {
  it('are of the local calendar', () => expect(dayOf(now)).toBe('2026-03-30'));

  it('add up by day and language', () => {
    const one = withCounts({}, '2026-03-30', 'go', { shown: 2 });
    const two = withCounts(withCounts(one, '2026-03-30', 'go', { taken: 1 }), '2026-03-29', 'rust', {
      shown: 1,
    });
    expect(mergeCounts(two, one)).toEqual({
      '2026-03-30': { go: { ...none, shown: 4, taken: 1 } },
      '2026-03-29': { rust: shown(1) },
    });
  });

  it('are summed over today, a week and four weeks', () => {
    const days = {
      '2026-03-30': { go: shown(1) },
      '2026-03-29': { go: shown(2), rust: shown(3) },
      '2026-03-24': { go: shown(4) },
      '2026-03-23': { go: shown(8) },
      '2026-03-03': { go: shown(16) },
      '2026-03-02': { go: shown(32) },
    };
    expect(countsBySpan(days, now)).toEqual({
      today: { go: shown(1) },
      week: { go: shown(7), rust: shown(3) },
      weeks: { go: shown(31), rust: shown(3) },
    });
  });

  it('are dropped after five weeks', () => {
    const days = { '2026-02-24': { go: shown(1) }, '2026-02-23': { go: shown(1) } };
    expect(Object.keys(withoutOldDays(days, now))).toEqual(['2026-02-24']);
  });

  it('that are no counts are not read', () => {
    const read = parseCounts({
      '2026-03-30': { go: { shown: 3, taken: -1, characters: 'many', judged: 1.5, more: 7 } },
      yesterday: { go: { shown: 1 } },
      '2026-03-29': null,
    });
    expect(read).toEqual({ '2026-03-30': { go: shown(3) } });
    expect(parseCounts('text')).toEqual({});
  });
});
