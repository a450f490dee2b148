import { machine, describeMachine } from './machine.ts';

/** Prints results: with `json` one object with the machine, else the machine and `text`. */
export function report(json: boolean, measured: object, text: string): void {
  if (json) reportJson(measured);
  else console.log(`${describeMachine(machine())}\n\n${text}`);
}

export function reportJson(measured: object): void {
  console.log(JSON.stringify({ machine: machine(), ...measured }));
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** A number with three digits; from 1000 on, a whole number with thousands separators. */
export function formatFigure(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
