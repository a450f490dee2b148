import {
  type CountsByLanguage,
  type CountsBySpan,
  type Span,
  SPANS,
  type SuggestionCounts,
} from '../../../panel/index.ts';

/** Counts by day, as `YYYY-MM-DD` of the local calendar, and language identifier. */
export type DayCounts = Readonly<Record<string, CountsByLanguage>>;

/** Days that are kept, today included. */
export const KEPT_DAYS = 35;

const MS_PER_DAY = 86_400_000;

const NONE: SuggestionCounts = { shown: 0, taken: 0, characters: 0, judged: 0, kept: 0 };

/** The local day of a time. */
export function dayOf(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** `counts` with `added` to one day and language. */
export function withCounts(
  counts: DayCounts,
  day: string,
  language: string,
  added: Partial<SuggestionCounts>,
): DayCounts {
  const before = counts[day]?.[language] ?? NONE;
  return { ...counts, [day]: { ...counts[day], [language]: sumOf(before, added) } };
}

/** The sums of both. */
export function mergeCounts(one: DayCounts, other: DayCounts): DayCounts {
  let merged = one;
  for (const [day, languages] of Object.entries(other))
    for (const [language, added] of Object.entries(languages))
      merged = withCounts(merged, day, language, added);
  return merged;
}

/** Without the days that are too long ago to be shown. */
export function withoutOldDays(counts: DayCounts, now: Date): DayCounts {
  return Object.fromEntries(Object.entries(counts).filter(([day]) => daysAgo(day, now) < KEPT_DAYS));
}

/** The sums of each span of days up to today. */
export function countsBySpan(counts: DayCounts, now: Date): CountsBySpan {
  const sums = { today: {}, week: {}, weeks: {} } as Record<Span, Record<string, SuggestionCounts>>;
  for (const [day, languages] of Object.entries(counts)) {
    for (const span of Object.keys(SPANS) as Span[]) {
      if (daysAgo(day, now) >= SPANS[span]) continue;
      for (const [language, added] of Object.entries(languages))
        sums[span][language] = sumOf(sums[span][language] ?? NONE, added);
    }
  }
  return sums;
}

/** What is valid of counts that were read from a file. */
export function parseCounts(value: unknown): DayCounts {
  let counts: DayCounts = {};
  for (const [day, languages] of entriesOf(value)) {
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) continue;
    for (const [language, fields] of entriesOf(languages))
      counts = withCounts(counts, day, language, parsed(fields));
  }
  return counts;
}

function parsed(fields: unknown): SuggestionCounts {
  const given = new Map(entriesOf(fields));
  const names = Object.keys(NONE) as (keyof SuggestionCounts)[];
  const values = names.map((name) => {
    const value = given.get(name);
    return [name, typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0];
  });
  return Object.fromEntries(values) as Record<keyof SuggestionCounts, number>;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function sumOf(one: SuggestionCounts, other: Partial<SuggestionCounts>): SuggestionCounts {
  const { shown = 0, taken = 0, characters = 0, judged = 0, kept = 0 } = other;
  return {
    shown: one.shown + shown,
    taken: one.taken + taken,
    characters: one.characters + characters,
    judged: one.judged + judged,
    kept: one.kept + kept,
  };
}

/** Whole days between a day and today; days have 23 to 25 hours where clocks are changed. */
function daysAgo(day: string, now: Date): number {
  return Math.round((Date.parse(dayOf(now)) - Date.parse(day)) / MS_PER_DAY);
}
