import path from 'node:path';
import { parseArgs } from 'node:util';
import { languageIdOf, loadNetwork, rateFile, syntaxOfPath } from '../../src/completion/parts.ts';
import type { Network, RatingSources } from '../../src/completion/parts.ts';
import { WorkspaceWords } from '../../src/surprise/index.ts';
import { buildContextModel } from '../../src/training/parts.ts';
import { numberOf, withRepeatedOptions } from '../arguments.ts';
import { UsageError, type Benchmark } from '../benchmark.ts';
import { report, table } from '../report.ts';
import { codeBaseOf, type CodeBase, type CodeBaseOptions } from '../typing/code-base.ts';
import { trainNetwork } from '../typing/methods.ts';
import { wrongFiles } from './material.ts';
import { MISTAKES, type Mistake } from './mistakes.ts';
import { rankingOf, type Ranking, type Scores } from './roc.ts';

const METHODS = ['memory', 'product'] as const;

const TEXT = { type: 'string' } as const;
const TEXTS = { type: 'string', multiple: true } as const;

/** How well the surprise of lines finds mistakes that are seeded into files that are not known. */
export const surprise: Benchmark = {
  usage:
    '--train PATH... [--held-out PATH... | --split SEED] [--held-out-characters 120000] [--minutes 5 | --steps N | --model FILE] [--extension .c]... [--method memory|product]... [--json]',
  run: async (args) => {
    const { values } = parseArgs({
      args: withRepeatedOptions(args, ['--train', '--held-out', '--extension', '--method']),
      options: {
        train: TEXTS,
        'held-out': TEXTS,
        split: TEXT,
        'held-out-characters': TEXT,
        minutes: TEXT,
        steps: TEXT,
        model: TEXT,
        extension: TEXTS,
        method: TEXTS,
        json: { type: 'boolean' },
      },
    });
    const codeBase = await codeBaseFrom(values);
    const wanted = values.method ?? METHODS;
    const unknown = wanted.find((name) => !METHODS.includes(name as (typeof METHODS)[number]));
    if (unknown !== undefined) throw new UsageError(`there is no method ${unknown}`);
    const results: Row[] = [];
    for (const method of METHODS.filter((name) => wanted.includes(name))) {
      const network = method === 'product' ? await networkFor(codeBase, values) : undefined;
      results.push(...(await measure(method, codeBase, network)));
    }
    const about = {
      training: codeBase.training.length,
      heldOut: codeBase.heldOut.map((file) => file.path),
    };
    report(values.json === true, { about, results }, format(results));
  },
};

interface Row extends Ranking {
  readonly method: string;
  readonly mistake: Mistake;
  /** Processor time of rating a character, in microseconds. */
  readonly microsecondsPerCharacter: number;
}

async function codeBaseFrom(values: CodeBaseOptions): Promise<CodeBase> {
  const { train = [], 'held-out': heldOut = [], split = '1' } = values;
  if (train.length === 0) throw new UsageError('--train says what to know, and is missing');
  const codeBase = await codeBaseOf(values, heldOut.length > 0 ? undefined : split);
  if (codeBase.heldOut.length === 0) throw new UsageError('there is no file to put mistakes into');
  return codeBase;
}

async function networkFor(
  { training }: CodeBase,
  { model, minutes, steps }: { readonly model?: string; readonly minutes?: string; readonly steps?: string },
): Promise<Network> {
  if (model !== undefined) return loadNetwork(path.resolve(model));
  return trainNetwork(training, {
    minutes: numberOf('minutes', minutes ?? '5'),
    steps: steps === undefined ? undefined : numberOf('steps', steps),
  });
}

/** What the files of a code base that are not held out show of it. */
export async function sourcesOf({ training }: CodeBase, network?: Network): Promise<RatingSources> {
  const contextModel = await buildContextModel(training.map(({ path: name, text }) => ({ name, text })));
  const words = new WorkspaceWords();
  for (const { path: name, text } of training) words.learn(name, text, syntaxOfPath(name));
  return { contextModel, words, ...(network && { network }) };
}

/** Seeds mistakes with the same draws at every run. */
const SEED = 1;

async function measure(method: string, codeBase: CodeBase, network: Network | undefined): Promise<Row[]> {
  const sources = await sourcesOf(codeBase, network);
  const scores = new Map<Mistake, Scores[]>(MISTAKES.map((mistake) => [mistake, []]));
  const spent = new Map<Mistake, number>();
  const characters = new Map<Mistake, number>();
  for (const { name, text, mistake, lines } of wrongFiles(codeBase.heldOut, SEED)) {
    const start = process.cpuUsage().user;
    const rated = await rateFile(sources, { name, text, languageId: languageIdOf(name) });
    add(spent, mistake, process.cpuUsage().user - start);
    add(characters, mistake, text.length);
    const isWrong = ({ line }: { readonly line: number }) => lines.has(line);
    scores.get(mistake)!.push({
      wrong: rated.filter(isWrong).map((line) => line.surprise),
      right: rated.filter((line) => !isWrong(line)).map((line) => line.surprise),
    });
  }
  return MISTAKES.filter((mistake) => spent.has(mistake)).map((mistake) => ({
    method,
    mistake,
    ...rankingOf(scores.get(mistake)!),
    microsecondsPerCharacter: spent.get(mistake)! / characters.get(mistake)!,
  }));
}

function add(sums: Map<Mistake, number>, mistake: Mistake, value: number): void {
  sums.set(mistake, (sums.get(mistake) ?? 0) + value);
}

function format(results: readonly Row[]): string {
  const rows = results.map(({ method, mistake, mistakes, auc, top5, microsecondsPerCharacter }) => [
    method,
    mistake,
    String(mistakes),
    auc.toFixed(3),
    `${(100 * top5).toFixed(0)} %`,
    microsecondsPerCharacter.toFixed(1),
  ]);
  return table(['method', 'mistake', 'lines', 'area under ROC', 'in top 5 %', 'µs a character'], rows);
}
