import type { TwinText } from './contexts.ts';

const RECENT_SYMBOLS = 1024;
const MAX_POSITIONS = 64;
const MAX_FOUND = 16;

/** A symbol that came lately: how often, and how many symbols before the position it did last. */
interface RecentSymbol {
  readonly symbol: number;
  times: number;
  readonly distance: number;
}

/** What came at earlier positions, the symbol that came last first. */
export interface RecentSymbols {
  readonly positions: number;
  readonly found: readonly RecentSymbol[];
}

/** What came where the same stood before: where no word is, in a short one, in a long one, behind three symbols. */
export function recentOf(text: TwinText, p: number, wordLength: number): RecentSymbols[] {
  const { symbols, kinds } = text;
  const low = Math.max(0, p - RECENT_SYMBOLS);
  const isSame = (q: number, count: number): boolean =>
    q - low >= count &&
    p - low >= count &&
    symbols.slice(q - count, q).join() === symbols.slice(p - count, p).join();
  const earlier = Array.from({ length: Math.max(0, p - 1 - low) }, (_, i) => p - 1 - i);
  const ofWord = earlier.filter((q) => {
    const begin = q - wordLength;
    const isWhole = wordLength === 0 || begin <= low || kinds[begin - 1] !== 'word';
    return isSame(q, Math.max(1, wordLength)) && isWhole;
  });
  const column = wordLength === 0 ? 0 : wordLength < 3 ? 1 : 2;
  const columns = [0, 1, 2].map((each) => (each === column ? ofWord : []));
  return [...columns, earlier.filter((q) => isSame(q, 3))].map((positions) =>
    listOf(text, p, positions.slice(0, MAX_POSITIONS)),
  );
}

function listOf({ symbols }: TwinText, p: number, positions: readonly number[]): RecentSymbols {
  const found: RecentSymbol[] = [];
  for (const q of positions) {
    const known = found.find(({ symbol }) => symbol === symbols[q]);
    if (known) known.times++;
    else if (found.length < MAX_FOUND) found.push({ symbol: symbols[q], times: 1, distance: p - q });
  }
  return { positions: positions.length, found };
}

/** What is known of the symbol at `index`: which one it is from the last, how often, how far back, how many others. */
export function describeRecent({ found }: RecentSymbols, index: number): string {
  const { times, distance } = found[index];
  const level = (value: number, ends: readonly number[]): number => ends.filter((end) => value >= end).length;
  return [
    Math.min(index, 3),
    level(times, [2, 3, 6]),
    level(distance, [48, 192, 768]),
    level(found.length, [2, 3, 6]),
  ].join(' ');
}
