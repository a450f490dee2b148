import { describeMachine, machine } from '../machine.ts';
import { formatFigure, table } from '../report.ts';
import type { Comparison } from './comparison.ts';

/** Prints a comparison for people. Called after each one, so that a run that is cut short has printed the earlier ones. */
export function reportComparison(comparison: Comparison): void {
  console.log(`${describeMachine(machine())}\n\n${describeComparison(comparison)}\n`);
}

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
