import type { Compressed } from './compressors.ts';
import type { Row } from './tally.ts';

const columns: readonly { readonly head: string; readonly show: (row: Row) => string }[] = [
  { head: 'method', show: ({ method }) => method },
  { head: 'eagerness', show: ({ eagerness }) => eagerness },
  { head: 'reader', show: ({ reader }) => String(reader) },
  { head: 'accept', show: ({ accept }) => accept },
  { head: 'saved', show: ({ saved }) => percent(saved) },
  { head: 'precision', show: ({ precision }) => percent(precision) },
  { head: 'shown/100', show: ({ shownPer100 }) => shownPer100.toFixed(1) },
  { head: 'accepted', show: ({ meanAccepted }) => meanAccepted.toFixed(1) },
  { head: 'bits/char', show: ({ bitsPerCharacter }) => bitsPerCharacter?.toFixed(3) ?? '' },
  { head: 'p50 us', show: ({ microsecondsP50 }) => microsecondsP50.toFixed(0) },
  { head: 'p95 us', show: ({ microsecondsP95 }) => microsecondsP95.toFixed(0) },
  { head: 'p99 us', show: ({ microsecondsP99 }) => microsecondsP99.toFixed(0) },
];

/** The rows below each other, then the compressors. */
export function formatTable(rows: readonly Row[], compressed: readonly Compressed[]): string {
  const cells = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ show }) => show(row)))];
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  const lines = cells.map((line) => line.map((cell, column) => cell.padStart(widths[column])).join('  '));
  const listed = compressed.map(
    ({ name, bitsPerCharacter }) => `${name}: ${bitsPerCharacter?.toFixed(3) ?? 'not installed'}`,
  );
  return [...lines, `bits per character of compressors that have read the same: ${listed.join(', ')}`].join(
    '\n',
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
