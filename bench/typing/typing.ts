import { parseArgs } from 'node:util';
import { numberOf, withRepeatedOptions } from '../arguments.ts';
import { UsageError, type Benchmark } from '../benchmark.ts';
import { settingDefault } from '../editor-settings.ts';
import { report } from '../report.ts';
import { codeBaseOf, indentationOf, type CodeBase, type CodeBaseOptions } from './code-base.ts';
import { formatCalibration, pooled, type CalibrationRow } from './calibration.ts';
import { compress } from './compressors.ts';
import { checkNoLookahead, record, type Method } from './method.ts';
import { methodsFor } from './methods.ts';
import { Fixture, type RequestDefaults } from './fixture.ts';
import { formatTable } from './table.ts';
import { rowsOf, type Recorded, type Row } from './tally.ts';

const USAGE =
  '--train PATH... (--held-out PATH... | --split SEED [--held-out-characters 120000]) [--minutes 5 | --steps N] [--extension .c]... [--method words|longest-match|network|memory|product]... [--json]';

export const LISTS = ['--train', '--held-out', '--extension', '--method', '--code-base'];

const TEXT = { type: 'string' } as const;
const TEXTS = { type: 'string', multiple: true } as const;
const OPTIONS = {
  train: TEXTS,
  'held-out': TEXTS,
  split: TEXT,
  'held-out-characters': TEXT,
  minutes: TEXT,
  steps: TEXT,
  extension: TEXTS,
  method: TEXTS,
  json: { type: 'boolean' },
} as const;

/** Simulated typing: how many keys suggestions save a person who types the held-out files from the top. */
export const typing: Benchmark = {
  usage: USAGE,
  run: async (args) => {
    const { values } = parseArgs({ args: withRepeatedOptions(args, LISTS), options: OPTIONS });
    const codeBase = await codeBaseFrom(values);
    const requestDefaults = requestDefaultsOf(codeBase);
    const minutes = numberOf('minutes', values.minutes ?? '5');
    const steps = values.steps === undefined ? undefined : numberOf('steps', values.steps);
    const methods = await methodsFor(codeBase, { minutes, steps }, values.method ?? []);
    const results: Row[] = [];
    const calibration: { method: string; rows: CalibrationRow[] }[] = [];
    for (const method of methods) {
      const recorded = measure(method, codeBase, requestDefaults);
      results.push(...rowsOf(method.name, recorded));
      const rows = pooled(recorded.map(({ recording }) => recording.calibration)).rows();
      if (rows.length > 0) calibration.push({ method: method.name, rows });
      if (!values.json) console.error(`${method.name} done`);
    }
    const compressed = compress(codeBase);
    const about = {
      training: sizeOf(codeBase.training),
      heldOut: { ...sizeOf(codeBase.heldOut), names: codeBase.heldOut.map(({ path }) => path) },
    };
    const lines = calibration.map(({ method, rows }) => formatCalibration(method, rows));
    report(
      values.json === true,
      { about, results, compressed, calibration },
      [formatTable(results, compressed), ...lines].join('\n'),
    );
  },
};

/** The suggestions' default settings in this project. */
export function requestDefaultsOf({ training }: Pick<CodeBase, 'training'>): RequestDefaults {
  return {
    temperature: Number(settingDefault('charRnn.temperature')),
    maxLength: Number(settingDefault('charRnn.suggestions.maxLength')),
    indentation: indentationOf(training),
  };
}

function measure(method: Method, { heldOut }: CodeBase, requestDefaults: RequestDefaults): Recorded[] {
  const recorded = heldOut.map((file) => {
    const fixture = new Fixture(file, requestDefaults);
    return { fixture, recording: record(method, fixture) };
  });
  const [first] = recorded;
  checkNoLookahead(method, first.fixture, first.recording);
  return recorded;
}

async function codeBaseFrom(values: CodeBaseOptions): Promise<CodeBase> {
  const { train = [], 'held-out': heldOut = [], split } = values;
  if (train.length === 0) throw new UsageError('--train says what to learn, and is missing');
  if ((heldOut.length === 0) === (split === undefined)) {
    throw new UsageError('either --held-out or --split says what to type');
  }
  const codeBase = await codeBaseOf(values, split);
  if (codeBase.heldOut.length === 0) throw new UsageError('there is nothing to type in what is held out');
  if (codeBase.training.length === 0) throw new UsageError('there is nothing to learn but what is held out');
  return codeBase;
}

function sizeOf(files: CodeBase['training']): { files: number; characters: number } {
  return { files: files.length, characters: files.reduce((sum, file) => sum + file.characters, 0) };
}
