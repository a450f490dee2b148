import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { train } from '../../src/training/index.ts';
import { wholeNumber } from '../arguments.ts';
import type { Benchmark } from '../benchmark.ts';
import { editorOptions } from '../editor-settings.ts';
import { formatFigure, report, table } from '../report.ts';
import { EpochSpeeds } from './epoch-speeds.ts';
import { median } from './statistics.ts';

/** A fresh training of the editor's network. */
interface Speeds {
  readonly memory: boolean;
  /** Seconds from the begin of the training to its first step. */
  readonly firstStepSeconds: number;
  /** Characters a second of the first epoch, with every wait for priors. */
  readonly firstEpoch: number;
  /** Characters a second of the later epochs, whose priors are kept. */
  readonly laterEpochs: number;
  /** Part of the first epoch's steps that the network took without priors. */
  readonly aloneShare: number;
}

/**
 * Trainings of the editor's network with and without a context model, alternately: characters a second of the first
 * epoch, in which the context model's predictions are computed, and of the later ones.
 */
export const joint: Benchmark = {
  usage: '[PATH...] [--characters 300000] [--epochs 2] [--rounds 2] [--json]',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        characters: { type: 'string' },
        epochs: { type: 'string' },
        rounds: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const plan = {
      paths: positionals.length > 0 ? positionals : ['src'],
      characters: wholeNumber('characters', values.characters, 300_000),
      epochs: wholeNumber('epochs', values.epochs, 2),
    };
    const trainings: Speeds[] = [];
    for (let round = 0; round < wholeNumber('rounds', values.rounds, 2); round++)
      for (const memory of [false, true]) trainings.push(await measure(memory, plan));
    const ratios = {
      firstEpoch: ratio(trainings, 'firstEpoch'),
      laterEpochs: ratio(trainings, 'laterEpochs'),
    };
    report(values.json, { trainings, ratios }, describe(trainings, ratios));
  },
};

async function measure(
  memory: boolean,
  {
    paths,
    characters,
    epochs,
  }: { readonly paths: readonly string[]; readonly characters: number; readonly epochs: number },
): Promise<Speeds> {
  const folder = await mkdtemp(path.join(tmpdir(), 'char-rnn-joint-'));
  try {
    const begin = performance.now();
    const options = { ...editorOptions(), memory, epochs };
    const speeds = new EpochSpeeds(options.sequenceLength);
    await train(
      {
        modelPath: path.join(folder, 'model.safetensors'),
        corpus: {
          roots: paths.map((each) => path.resolve(each)),
          include: [],
          exclude: [],
          maxCharacters: characters,
        },
        options,
        limits: 'further',
        engine: 'wasm',
        threads: 0,
        resume: false,
        basePath: path.resolve('media/base-network.safetensors'),
      },
      { onEvent: (event) => speeds.add(event, (performance.now() - begin) / 1000) },
    );
    return {
      memory,
      firstStepSeconds: speeds.firstStepSeconds,
      firstEpoch: speeds.firstEpoch,
      laterEpochs: speeds.laterEpochs,
      aloneShare: speeds.aloneShare,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Joint speed by that of the plain training before it: the median over the rounds. */
function ratio(trainings: readonly Speeds[], epoch: 'firstEpoch' | 'laterEpochs'): number {
  const of = (memory: boolean): number[] =>
    trainings.filter((each) => each.memory === memory).map((each) => each[epoch]);
  const plain = of(false);
  return median(of(true).map((speed, round) => speed / plain[round]));
}

function describe(
  trainings: readonly Speeds[],
  ratios: { readonly firstEpoch: number; readonly laterEpochs: number },
): string {
  const rows = trainings.map((each) => [
    each.memory ? 'joint' : 'plain',
    each.firstStepSeconds.toFixed(1),
    formatFigure(each.firstEpoch),
    formatFigure(each.laterEpochs),
    each.memory ? `${Math.round(100 * each.aloneShare)} %` : '',
  ]);
  return table(
    ['chars/s', 'first step after, s', 'first epoch', 'later epochs', 'of it without priors'],
    [...rows, ['joint / plain', '', ratios.firstEpoch.toFixed(2), ratios.laterEpochs.toFixed(2), '']],
  );
}
