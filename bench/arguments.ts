import { UsageError } from './benchmark.ts';

/** Options of parseArgs that the comparisons of speed share. */
export const COMPARISON_OPTIONS = {
  units: { type: 'string' },
  embedding: { type: 'string' },
  layers: { type: 'string' },
  'batch-size': { type: 'string' },
  'sequence-length': { type: 'string' },
  rounds: { type: 'string' },
  python: { type: 'string' },
  plots: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** The value of an option as a whole number from 1; `usual` if the option is not given. @throws UsageError */
export function wholeNumber(name: string, value: string | undefined, usual: number): number {
  if (value === undefined) return usual;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new UsageError(`--${name} must be a whole number from 1`);
  return number;
}

/** The value of an option as a number from 0. @throws UsageError */
export function numberOf(name: string, value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !(number >= 0)) throw new UsageError(`--${name} must be a number from 0`);
  return number;
}

/**
 * Options that take lists, each value with its option's name before it, as parseArgs wants them: `--train a b` becomes
 * `--train a --train b`.
 * @param lists names of such options, with their dashes.
 */
export function withRepeatedOptions(args: readonly string[], lists: readonly string[]): string[] {
  const repeated: string[] = [];
  let option: string | undefined;
  let isFirst = false;
  for (const argument of args) {
    if (argument.startsWith('--')) {
      option = lists.includes(argument) ? argument : undefined;
      isFirst = true;
    } else {
      if (option !== undefined && !isFirst) repeated.push(option);
      isFirst = false;
    }
    repeated.push(argument);
  }
  return repeated;
}
