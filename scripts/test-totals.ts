import { readFile } from 'node:fs/promises';

/** Numbers of tests by result. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NO_TESTS: Totals = { passed: 0, failed: 0, skipped: 0 };

export function sum(all: readonly Totals[]): Totals {
  return all.reduce(
    (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }),
    NO_TESTS,
  );
}

export function totalsLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** The contents of a runner's results file; undefined if there is none. */
async function readResults(file: string): Promise<Record<string, unknown> | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/**
 * The totals in a results file, vitest's JSON report or our own `Totals`. A runner that ended badly counts as a failure
 * even where no test of it failed: it crashed, or could not load a file.
 */
export async function totalsOf(file: string, status: number): Promise<Totals> {
  const results = (await readResults(file)) ?? {};
  const count = (...names: string[]): number =>
    names.reduce((n, name) => n + (Number(results[name]) || 0), 0);
  const totals = {
    passed: count('passed', 'numPassedTests'),
    failed: count('failed', 'numFailedTests'),
    skipped: count('skipped', 'numPendingTests', 'numTodoTests'),
  };
  return status !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}
