import { parseArgs } from 'node:util';
import { ContextModelPredictor, loadBaseNetwork, type Position } from '../../src/completion/parts.ts';
import { buildContextModel } from '../../src/training/parts.ts';
import { UsageError, type Benchmark } from '../benchmark.ts';
import { report } from '../report.ts';
import { BASE_NETWORK, trainNetwork, type TrainingLength } from '../typing/methods.ts';
import { LISTS, requestDefaultsOf } from '../typing/typing.ts';
import { numberOf, withRepeatedOptions } from '../arguments.ts';
import { suggesting, wordsOfDocument, type EditMethod } from './method.ts';
import {
  checkNoLookahead,
  emptyReplay,
  positions,
  replay,
  type Replay,
  type ReplayOptions,
} from './replay.ts';
import { formatTable, kinds, rowsOf, type Row } from './rows.ts';
import { formatCalibration, type CalibrationRow } from '../typing/calibration.ts';
import { throughServer } from './through-server.ts';
import { readVersions, typedIn, type Job, type Versions } from './versions.ts';

const USAGE =
  '--before DIR --after DIR [--extension .ts]... [--characters 40000] [--seed 3] [--known CHARACTERS] [--minutes 5 | --steps N] [--method words|memory|untrained|product]... [--through lsp] [--auto-close|--no-auto-close] [--json]';

const METHODS = ['words', 'memory', 'untrained', 'product'];
/** `untrained` is the product before anybody trained; it is measured where it is asked for. */
const DEFAULT_METHODS = METHODS.filter((name) => name !== 'untrained');

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;

interface CalibrationOf {
  readonly method: string;
  readonly kind: Row['kind'];
  readonly position: Position;
  readonly rows: readonly CalibrationRow[];
}

/** Simulated editing: what suggestions save a person who makes the changes from one version of a project to the next. */
export const edits: Benchmark = {
  usage: USAGE,
  run: async (args) => {
    const { values } = parseArgs({
      args: withRepeatedOptions(args, LISTS),
      allowNegative: true,
      options: {
        before: text,
        after: text,
        extension: texts,
        characters: text,
        seed: text,
        known: text,
        minutes: text,
        steps: text,
        method: texts,
        through: text,
        'auto-close': { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
    const { before, after } = values;
    if (before === undefined || after === undefined) {
      throw new UsageError('--before and --after say between which versions the changes are; one is missing');
    }
    const names = values.method ?? DEFAULT_METHODS;
    const unknown = names.find((name) => !METHODS.includes(name));
    if (unknown !== undefined) throw new UsageError(`there is no method ${unknown}`);
    const versions = await readVersions(before, after, values.extension ?? [], {
      characters: numberOf('characters', values.characters ?? '40000'),
      seed: numberOf('seed', values.seed ?? '3'),
      known: values.known === undefined ? undefined : numberOf('known', values.known),
    });
    if (versions.changed.length + versions.new.length === 0) {
      throw new UsageError('no file of these versions was changed or added');
    }
    const length = {
      minutes: numberOf('minutes', values.minutes ?? '5'),
      steps: values.steps === undefined ? undefined : numberOf('steps', values.steps),
    };
    const options = {
      requestDefaults: requestDefaultsOf(versions),
      isAutoClosing: values['auto-close'] ?? true,
    };
    const makeMethod = methodMaker(values.through, before, versions, length);
    const results: Row[] = [];
    const calibrations: CalibrationOf[] = [];
    for (const name of METHODS.filter((each) => names.includes(each))) {
      const method = await makeMethod(name);
      try {
        for (const kind of kinds) {
          const measured = await measure(method, versions[kind], options);
          results.push(...rowsOf(method.name, kind, measured));
          for (const position of positions) {
            const rows = measured.calibration[position].rows();
            if (rows.length > 0) calibrations.push({ method: method.name, kind, position, rows });
          }
        }
      } finally {
        await method.dispose?.();
      }
      if (!values.json) console.error(`${name} done`);
    }
    const about = {
      changed: namesOf(versions.changed),
      new: namesOf(versions.new),
      autoClose: options.isAutoClosing,
    };
    const lines = calibrations.map(({ method, kind, position, rows }) =>
      formatCalibration(`${method}, ${kind} files, ${position}`, rows),
    );
    report(
      values.json === true,
      { about, results, calibration: calibrations },
      [formatTable(results), ...lines].join('\n'),
    );
  },
};

/** @param through what stands between the person and the methods; undefined: nothing. @throws UsageError */
function methodMaker(
  through: string | undefined,
  root: string,
  versions: Versions,
  length: TrainingLength,
): (name: string) => Promise<EditMethod> {
  if (through === undefined) return (name) => methodOf(name, versions, length);
  if (through !== 'lsp') throw new UsageError(`there is nothing to go through that is called ${through}`);
  return (name) => {
    if (name !== 'memory' && name !== 'product')
      throw new UsageError('--through lsp is for the methods memory and product');
    const files = { root, files: versions.training };
    return throughServer(name, files, name === 'product' ? length : undefined);
  };
}

async function methodOf(name: string, { training }: Versions, length: TrainingLength): Promise<EditMethod> {
  if (name === 'words') return wordsOfDocument();
  const known = training.map((file) => ({ name: file.path, text: file.text }));
  const model = await buildContextModel(known);
  const predictor = new ContextModelPredictor(model, (document) => {
    throw new Error(`${document} is not what the context model followed`);
  });
  if (name === 'untrained') predictor.join(await loadBaseNetwork(BASE_NETWORK));
  if (name === 'product') predictor.join(await trainNetwork(training, length));
  return suggesting(name, predictor, () => model.idle);
}

async function measure(method: EditMethod, jobs: readonly Job[], options: ReplayOptions): Promise<Replay> {
  // What another process knows also depends on how far it has come meanwhile.
  if (!method.isApart) await checkNoLookahead(method, jobs, options.requestDefaults);
  const measured = emptyReplay();
  for (const job of jobs) await replay(method, job, options, measured);
  return measured;
}

function namesOf(jobs: readonly Job[]): { name: string; edits: number; characters: number }[] {
  return jobs.map((job) => ({ name: job.path, edits: job.edits.length, characters: typedIn(job) }));
}
