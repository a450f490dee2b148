import type { Comparison } from './comparison.ts';
import { machine, describeMachine } from './machine.ts';

/** Prints what was measured: `json` as one object with the machine, else the machine and `text`. */
export function report(json: boolean, measured: object, text: string): void {
  if (json) reportJson(measured);
  else console.log(`${describeMachine(machine())}\n\n${text}`);
}

export function reportJson(measured: object): void {
  console.log(JSON.stringify({ machine: machine(), ...measured }));
}

/** Prints each comparison as soon as it is there, so that a run cut short has told what it knew. */
export function reportComparison(comparison: Comparison): void {
  console.log(`${describeMachine(machine())}\n\n${describeComparison(comparison)}\n`);
}

/** A comparison for people. */
function describeComparison(comparison: Comparison): string {
  const { title, unit, largestDifference, engine, variants, peers } = comparison;
  const rows = [{ ...engine, speedBeside: undefined }, ...variants, ...peers].map((row) => [
    row.name,
    formatFigure(row.median),
    formatFigure(row.best),
    row.speedBeside === undefined ? '' : row.speedBeside.toFixed(2),
  ]);
  const difference = `largest difference from the reference: ${largestDifference.toExponential(1)}`;
  return `${title}; ${difference}\n\n${table([`${unit}`, 'median', 'best', 'engine is x'], rows)}`;
}

/** In Markdown, so that it can be kept as it is. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** Three digits; from 1000 on with thousands marked. */
export function formatFigure(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
