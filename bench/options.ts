import { parseArgs } from 'node:util';
import { UsageError } from './benchmark.ts';

export interface BenchOptions {
  readonly what: 'training' | 'sampling' | 'tensorflow';
  readonly units: number;
  readonly layers: number;
  readonly batchSize: number;
  readonly sequenceLength: number;
  readonly rounds: number;
  /** A Python that has PyTorch; undefined: no peer. */
  readonly python: string | undefined;
  readonly json: boolean;
}

export const usage =
  '[--units 128] [--layers 2] [--batch-size 50] [--sequence-length 200] [--rounds 7] [--python PATH] [--json]';

/** @throws UsageError saying what is wrong with the arguments. */
export function parseOptions(what: BenchOptions['what'], args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      units: { type: 'string', default: '128' },
      layers: { type: 'string', default: '2' },
      'batch-size': { type: 'string', default: '50' },
      'sequence-length': { type: 'string', default: '200' },
      rounds: { type: 'string', default: '7' },
      python: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  return {
    what,
    units: positive('units', values.units),
    layers: positive('layers', values.layers),
    batchSize: positive('batch-size', values['batch-size']),
    sequenceLength: positive('sequence-length', values['sequence-length']),
    rounds: positive('rounds', values.rounds),
    python: values.python,
    json: values.json,
  };
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new UsageError(`--${name} must be a whole number from 1`);
  return number;
}
