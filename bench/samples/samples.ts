import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadNetwork } from '../../src/completion/parts.ts';
import type { SourceFile } from '../../src/corpus/index.ts';
import { buildContextModel } from '../../src/training/parts.ts';
import { train } from '../../src/training/index.ts';
import { withRepeatedOptions } from '../arguments.ts';
import { UsageError, type Benchmark } from '../benchmark.ts';
import { editorOptions } from '../editor-settings.ts';
import { report, table } from '../report.ts';
import { readFiles } from '../typing/code-base.ts';
import { bitsUnder, identifiersOf, measureSample, type SampleMeasures } from './measures.ts';
import { workspaceWriter, writerAlone, type Writer } from './writers.ts';

const TEXT = { type: 'string' } as const;
const TEXTS = { type: 'string', multiple: true } as const;
const OPTIONS = {
  train: TEXTS,
  extension: TEXTS,
  seconds: TEXTS,
  temperature: TEXTS,
  seeds: TEXT,
  length: TEXT,
  json: { type: 'boolean' },
} as const;

interface Written extends SampleMeasures {
  /** Seconds of training before the sample was written. */
  readonly seconds: number;
  readonly steps: number;
  readonly writer: Writer['name'];
  readonly temperature: number;
  readonly seed: number;
  /** See `bitsUnder`. */
  readonly bitsPerCharacter: number;
  readonly text: string;
}

/** Samples of networks of the editor's size after some seconds of training, with measures of each. */
export const samples: Benchmark = {
  usage:
    '--train PATH... [--extension .c]... [--seconds 10]... [--temperature 0.5]... [--seeds 4] [--length 1000] [--json]',
  run: async (args) => {
    const { values } = parseArgs({
      args: withRepeatedOptions(args, ['--train', '--extension', '--seconds', '--temperature']),
      options: OPTIONS,
    });
    if (!values.train?.length) throw new UsageError('Name what to train on with --train PATH...');
    const milestones = numbers('seconds', values.seconds ?? ['10', '30', '60', '300']);
    const temperatures = numbers('temperature', values.temperature ?? ['0.5', '0.8']);
    const [seeds] = numbers('seeds', [values.seeds ?? '4']);
    const [length] = numbers('length', [values.length ?? '1000']);
    const files = await readFiles(values.train, values.extension);
    const memory = await buildContextModel(files.map(({ path: name, text }) => ({ name, text })));
    const known = identifiersOf(files.map((file) => file.text));
    const results: Written[] = [];
    const folder = await mkdtemp(path.join(tmpdir(), 'char-rnn-samples-'));
    try {
      const modelPath = path.join(folder, 'model.safetensors');
      let trained = 0;
      for (const seconds of milestones.toSorted((a, b) => a - b)) {
        await trainFor(seconds - trained, files, modelPath);
        trained = seconds;
        const network = await loadNetwork(modelPath);
        for (const writer of [writerAlone(network), workspaceWriter(network, memory)]) {
          for (const temperature of temperatures) {
            for (let seed = 1; seed <= seeds; seed++) {
              const written = writer.write({ prime: '', length, temperature, seed });
              results.push({
                seconds,
                steps: network.summary.steps,
                writer: writer.name,
                temperature,
                seed,
                ...measureSample(written, known),
                bitsPerCharacter: bitsUnder(memory, written),
                text: written,
              });
            }
          }
        }
        if (!values.json)
          for (const result of results.filter((each) => each.seconds === seconds)) show(result);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
    report(values.json === true, { results }, shownTable(results));
  },
};

/** Continues from the model file, as training again in the editor does. */
async function trainFor(seconds: number, files: readonly SourceFile[], modelPath: string): Promise<void> {
  await train({
    modelPath,
    corpus: { roots: files.map((file) => file.path), include: [], exclude: [], maxCharacters: 20e6 },
    options: { ...editorOptions(), memory: true, epochs: 100_000, minutes: seconds / 60 },
    limits: 'further',
    engine: 'wasm',
    threads: 0,
    resume: true,
  });
}

function show({ seconds, writer, temperature, seed, text: written }: Written): void {
  console.log(`\n── ${seconds} s, ${writer}, temperature ${temperature}, seed ${seed} ──\n${written}`);
}

function shownTable(results: readonly Written[]): string {
  const head = ['seconds', 'steps', 'writer', 'temperature', 'seed', 'distinct 6-grams', 'repetition'];
  const rows = results.map((result) => [
    String(result.seconds),
    String(result.steps),
    result.writer,
    String(result.temperature),
    String(result.seed),
    result.distinctSixGrams.toFixed(2),
    String(result.longestRepetition),
    String(result.identifiers),
    `${(100 * result.knownIdentifiers).toFixed(0)} %`,
    result.bitsPerCharacter.toFixed(2),
  ]);
  return table([...head, 'identifiers', 'known', 'bits/char'], rows);
}

function numbers(name: string, given: readonly string[]): number[] {
  return given.map((value) => {
    const number = Number(value);
    if (!(number > 0)) throw new UsageError(`--${name} is a number above 0, not ${value}.`);
    return number;
  });
}
