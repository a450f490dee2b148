import type { Yielder } from './yielder.ts';

/** Items sorted at once; longer lists are merged from such runs. */
const RUN_LENGTH = 1_024;
/** Items merged between two checks of the clock. */
const CHECK_INTERVAL = 1_024;

/** A stable sort into a new array that yields to the event loop meanwhile. */
export async function sortYielding<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  yielder: Yielder,
): Promise<T[]> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += RUN_LENGTH) {
    runs.push(items.slice(start, start + RUN_LENGTH).sort(compare));
    if (yielder.isDue) await yielder.yield();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) {
      merged.push(i + 1 < runs.length ? await merge(runs[i], runs[i + 1], compare, yielder) : runs[i]);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<T>(a: T[], b: T[], compare: (a: T, b: T) => number, yielder: Yielder): Promise<T[]> {
  const merged: T[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    merged.push(compare(a[i], b[j]) <= 0 ? a[i++] : b[j++]);
    if (merged.length % CHECK_INTERVAL === 0 && yielder.isDue) await yielder.yield();
  }
  while (i < a.length) merged.push(a[i++]);
  while (j < b.length) merged.push(b[j++]);
  return merged;
}
