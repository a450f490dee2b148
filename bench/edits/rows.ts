import { shares } from '../typing/tally.ts';
import type { Tally, TypingStyle } from '../typing/typist.ts';
import type { Position } from '../../src/completion/parts.ts';
import { positions, type Person, type Replay } from './replay.ts';

export const kinds = ['changed', 'new'] as const;
export type Kind = (typeof kinds)[number];

/** One line of the table; shares are from 0 to 1. */
export interface Row extends TypingStyle {
  readonly method: string;
  readonly kind: Kind;
  readonly position: 'all' | Position;
  readonly eagerness: Person['eagerness'];
  /** Typed or taken at this position, in code points. */
  readonly characters: number;
  /** 1 - keys / characters. */
  readonly saved: number;
  /** Accepted of the different texts shown. */
  readonly precision: number;
  /** Different texts shown per 100 characters typed or taken. */
  readonly shownPer100: number;
  /** Characters a key takes that takes text. */
  readonly meanAccepted: number;
  /** Of a suggestion while typing, by this machine. */
  readonly microsecondsP95: number;
}

/** One row for each position, eagerness, reader and way to accept. */
export function rowsOf(method: string, kind: Kind, { persons, microseconds }: Replay): Row[] {
  return (['all', ...positions] as const).flatMap((position) => {
    const meant = position === 'all' ? positions : [position];
    const times = meant.flatMap((each) => microseconds[each]).sort((a, b) => a - b);
    const microsecondsP95 = times[Math.floor(0.95 * (times.length - 1))] ?? 0;
    return persons.map(({ eagerness, reader, accept, tallies }) => {
      const counted = meant.map((each): Tally => tallies[each]);
      const characters = counted.reduce((sum, tally) => sum + tally.characters, 0);
      return {
        method,
        kind,
        position,
        eagerness,
        reader,
        accept,
        characters,
        ...shares(counted),
        microsecondsP95,
      };
    });
  });
}

/** For people: the ideal reader who accepts in full. */
export function formatTable(rows: readonly Row[]): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const columns: readonly { readonly head: string; readonly show: (row: Row) => string }[] = [
    { head: 'method', show: ({ method }) => method },
    { head: 'files', show: ({ kind }) => kind },
    { head: 'position', show: ({ position }) => position },
    { head: 'eagerness', show: ({ eagerness }) => eagerness },
    { head: 'characters', show: ({ characters }) => String(characters) },
    { head: 'saved', show: ({ saved }) => percent(saved) },
    { head: 'precision', show: ({ precision }) => percent(precision) },
    { head: 'shown/100', show: ({ shownPer100 }) => shownPer100.toFixed(1) },
    { head: 'accepted', show: ({ meanAccepted }) => meanAccepted.toFixed(1) },
    { head: 'p95 us', show: ({ microsecondsP95 }) => microsecondsP95.toFixed(0) },
  ];
  const shown = rows.filter(
    ({ reader, accept, characters }) => reader === 0 && accept === 'full' && characters > 0,
  );
  const cells = [
    columns.map(({ head }) => head),
    ...shown.map((row) => columns.map(({ show }) => show(row))),
  ];
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  return cells.map((line) => line.map((cell, column) => cell.padStart(widths[column])).join('  ')).join('\n');
}
