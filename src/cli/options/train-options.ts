import { Option } from 'commander';
import { DEFAULT_VOCABULARY_SIZE, MAX_VOCABULARY } from '../../corpus/index.ts';
import type { EngineSetting } from '../../engine/index.ts';
import type { Cell, Optimizer } from '../../model/index.ts';
import { defaultTrainingOptions as defaults } from '../../training/index.ts';
import type { TrainingOptions } from '../../training/index.ts';
import {
  epochsOption,
  integerOption,
  jsonOption,
  numberOption,
  seedOption,
  temperatureOption,
} from './option-values.ts';

/** What commander makes of the options of `train`. */
export interface TrainFlags extends Omit<TrainingOptions, 'epochs'> {
  readonly model: string;
  readonly engine: EngineSetting;
  readonly threads?: number;
  readonly epochs?: number;
  readonly resume?: true;
  readonly base?: string;
  readonly tensorboard?: string;
  readonly json?: true;
}

/** The options of `train` in the order of its help. */
export function trainFlags(): Option[] {
  return [
    new Option('--model <file>', 'model file to write; its folder is made').makeOptionMandatory(),
    new Option('--engine <name>', 'what computes')
      .choices(['auto', 'wasm', 'tensorflow'] satisfies EngineSetting[])
      .default('auto'),
    integerOption('--threads <n>', 'threads to compute with (default: as the engine decides)', 1, 256),
    new Option('--cell <name>', 'kind of recurrent cell')
      .choices(['lstm', 'gru', 'rnn'] satisfies Cell[])
      .default(defaults.cell),
    integerOption('--layers <n>', 'recurrent layers', 1, 8).default(defaults.layers),
    integerOption('--units <n>', 'units of each layer', 1, 4096).default(defaults.units),
    integerOption(
      '--embedding <n>',
      'values for each character on its way in; 0: one-hot (default: as many as units)',
      0,
      4096,
    ),
    numberOption(
      '--dropout <p>',
      'part of the values between layers to drop',
      'from 0 to below 1',
      (p) => p >= 0 && p < 1,
    ).default(defaults.dropout),
    integerOption(
      '--max-vocabulary <n>',
      `characters that a new network knows at most, the most frequent ones (default: ${DEFAULT_VOCABULARY_SIZE})`,
      3,
      MAX_VOCABULARY,
    ),
    integerOption('--batch-size <n>', 'parallel streams of text', 1, 100_000).default(defaults.batchSize),
    integerOption('--sequence-length <n>', 'characters of a window', 1, 100_000).default(
      defaults.sequenceLength,
    ),
    integerOption(
      '--epochs <n>',
      `times through the text (default: ${defaults.epochs}, or no limit with --steps or --minutes)`,
      0,
    ),
    integerOption('--steps <n>', 'optimizer steps, counted from the beginning of the model', 0),
    numberOption(
      '--minutes <m>',
      'minutes from now; towards their end the learning rate falls',
      'of at least 0',
      (minutes) => minutes >= 0,
    ),
    new Option('--optimizer <name>', 'how weights are changed')
      .choices(['adam', 'rmsprop', 'adagrad', 'sgd'] satisfies Optimizer[])
      .default(defaults.optimizer),
    numberOption(
      '--learning-rate <r>',
      'rate of the first epoch',
      'above 0 and at most 100',
      (r) => r > 0 && r <= 100,
    ).default(defaults.learningRate),
    numberOption(
      '--learning-rate-decay <f>',
      'factor of the rate from epoch to epoch',
      'above 0 and at most 1',
      (f) => f > 0 && f <= 1,
    ).default(defaults.learningRateDecay),
    numberOption('--clip-norm <c>', 'largest norm of a gradient', 'above 0', (c) => c > 0).default(
      defaults.clipNorm,
    ),
    numberOption(
      '--validation-fraction <f>',
      'part of the text to hold out',
      'from 0 to below 1',
      (f) => f >= 0 && f < 1,
    ).default(defaults.validationFraction),
    new Option('--decompose-hangul', 'learn Hangul syllables as their letters (jamo)'),
    seedOption('the same seed trains the same model'),
    new Option('--memory', 'train jointly with a context model of the files, as the editor does'),
    integerOption(
      '--sample-every <n>',
      'steps after which the network writes a sample, kept for `timeline`',
      1,
    ),
    new Option('--sample-prime <text>', 'what these samples go on from (default: the start of a file)'),
    temperatureOption(
      undefined,
      '--sample-temperature <t>',
      'boldness of these samples, as in `sample` (default: 0.5)',
    ),
    epochsOption('--milestones <list>', 'epochs, as 0,0.1,1, at which it is measured and writes a sample'),
    integerOption('--checkpoint-every <n>', 'steps after which the model is saved, and by time as always', 1),
    new Option('--tensorboard <dir>', 'folder to write curves and samples to, for TensorBoard'),
    new Option('--resume', 'go on from the model file; where there is none, start anew'),
    new Option(
      '--base <file>',
      'base network whose weights a new network of the same shape begins with, as media/base-network.safetensors',
    ),
    jsonOption(),
  ];
}

/** The options of a training. It ends at the first limit that was given; without any, after the default epochs. */
export function trainingOptionsOf(flags: TrainFlags): TrainingOptions {
  const { steps, minutes, embedding } = flags;
  const isLimited = steps !== undefined || minutes !== undefined;
  return {
    cell: flags.cell,
    layers: flags.layers,
    units: flags.units,
    ...(embedding === undefined ? {} : { embedding }),
    dropout: flags.dropout,
    batchSize: flags.batchSize,
    sequenceLength: flags.sequenceLength,
    epochs: flags.epochs ?? (isLimited ? Number.MAX_SAFE_INTEGER : defaults.epochs),
    ...(steps === undefined ? {} : { steps }),
    ...(minutes === undefined ? {} : { minutes }),
    optimizer: flags.optimizer,
    learningRate: flags.learningRate,
    learningRateDecay: flags.learningRateDecay,
    clipNorm: flags.clipNorm,
    validationFraction: flags.validationFraction,
    seed: flags.seed,
    ...given(flags, [
      'maxVocabulary',
      'decomposeHangul',
      'memory',
      'sampleEvery',
      'samplePrime',
      'sampleTemperature',
      'milestones',
      'checkpointEvery',
    ]),
  };
}

/** The fields of `flags` that have a value. */
function given<Name extends keyof TrainFlags>(
  flags: TrainFlags,
  names: readonly Name[],
): Partial<Pick<TrainFlags, Name>> {
  const entries = names.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]]);
  return Object.fromEntries(entries) as Partial<Pick<TrainFlags, Name>>;
}
