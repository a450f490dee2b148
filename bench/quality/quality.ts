import { parseArgs } from 'node:util';
import type { Engine } from '../../src/engine/index.ts';
import { createWasmEngine, defaultThreads } from '../../src/engine/parts.ts';
import type { NetworkSpecification } from '../../src/model/index.ts';
import { FileEvaluator, specificationFor } from '../../src/training/parts.ts';
import { defaultTrainingOptions } from '../../src/training/index.ts';
import type { TrainingOptions } from '../../src/training/index.ts';
import { COMPARISON_OPTIONS, wholeNumber } from '../arguments.ts';
import type { Benchmark } from '../benchmark.ts';
import { writeQualityPlot } from './plot.ts';
import { report, table } from '../report.ts';
import { secondsToReach } from './curve.ts';
import type { Curve, CurvePoint } from './curve.ts';
import { editorOptions, settingDefault } from '../editor-settings.ts';
import { EditorTraining } from './editor.ts';
import { readMaterial } from './material.ts';
import type { Material } from './material.ts';
import { PytorchTraining } from './pytorch.ts';
import type { Quality } from './result.ts';
import type { Trainee } from './trainee.ts';

/** When to measure, as fractions of the whole time. */
const MARKS = [1 / 12, 1 / 6, 1 / 4, 3 / 8, 1 / 2, 5 / 8, 3 / 4, 7 / 8, 1];
/** A setting of PyTorch that is this many bits per character behind another one is dropped. */
const MAX_BITS_BEHIND = 0.1;
/** Fraction of the time after which settings may be dropped. */
const MIN_TIME_PART = 1 / 6;

/** Held-out bits per character against seconds of training, for the editor's training and PyTorch's. */
export const quality: Benchmark = {
  usage: '[PATH...] [--seconds 120] [--python PATH] [--plots DIR] [--json]',
  run: async (args) => {
    const { python, plots, json } = COMPARISON_OPTIONS;
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { python, plots, json, seconds: { type: 'string' } },
    });
    const seconds = wholeNumber('seconds', values.seconds, 120);
    const options = editorOptions();
    const most = Number(settingDefault('charRnn.corpus.maxSize')) * 1e6;
    const material = await readMaterial(positionals.length > 0 ? positionals : ['src'], options, most);
    const specification = specificationFor(options, material.vocabulary.size);
    const trainees: Trainee[] = [new EditorTraining(material)];
    let curves: Curve[];
    try {
      for (const how of values.python === undefined ? [] : settingsOfPeer(options)) {
        trainees.push(await PytorchTraining.start(values.python ?? '', material, specification, how));
      }
      curves = await trainAlternately(trainees, material, specification, seconds);
    } finally {
      for (const trainee of trainees) trainee.close();
    }
    const measured = summary(titleOf(material, specification, options), curves, seconds);
    report(values.json, measured, describeQuality(measured, seconds));
    if (values.plots !== undefined) writeQualityPlot(values.plots, measured);
  },
};

/** The editor's step size and the command line's: PyTorch is judged by the one that is better for it. */
function settingsOfPeer(options: TrainingOptions): TrainingOptions[] {
  const { batchSize, sequenceLength, learningRate, learningRateDecay } = defaultTrainingOptions;
  return [options, { ...options, batchSize, sequenceLength, learningRate, learningRateDecay }];
}

/** Trains all of them alternately from mark to mark. Measuring them does not count as their time. */
async function trainAlternately(
  trainees: readonly Trainee[],
  material: Material,
  specification: NetworkSpecification,
  seconds: number,
): Promise<Curve[]> {
  const engine = await createWasmEngine({ kernels: 'auto', threads: defaultThreads() });
  const evaluator = await evaluatorFor(engine, material, specification);
  const points = new Map(trainees.map((trainee) => [trainee, [] as CurvePoint[]]));
  let taking = trainees;
  for (const mark of MARKS) {
    for (const trainee of taking) {
      const progress = await trainee.trainUntil(mark * seconds);
      const { bitsPerCharacter } = await evaluator.evaluate(await trainee.weights());
      points.get(trainee)?.push({ ...progress, bitsPerCharacter });
      console.error(`${trainee.name}: ${bitsPerCharacter.toFixed(3)} after ${progress.seconds.toFixed(1)} s`);
    }
    if (mark < MIN_TIME_PART) continue;
    const last = (trainee: Trainee) => points.get(trainee)?.at(-1)?.bitsPerCharacter ?? Infinity;
    const [ours, ...peers] = taking;
    const best = Math.min(...peers.map(last));
    taking = [ours, ...peers.filter((peer) => last(peer) <= best + MAX_BITS_BEHIND)];
  }
  evaluator.dispose();
  return trainees.map((trainee) => ({ name: trainee.name, points: points.get(trainee) ?? [] }));
}

function evaluatorFor(
  engine: Engine,
  { vocabulary, heldOut }: Material,
  specification: NetworkSpecification,
): Promise<FileEvaluator> {
  return FileEvaluator.create(engine, specification, vocabulary, heldOut);
}

function titleOf(
  { symbols, heldOut, heldOutCharacters }: Material,
  { layers, units, embedding, vocabularySize }: NetworkSpecification,
  { batchSize, sequenceLength, learningRate }: TrainingOptions,
): string {
  const network = `${layers} x ${units}, embedding ${embedding}, V ${vocabularySize}`;
  const steps = `${batchSize} x ${sequenceLength} at ${learningRate}`;
  const files = `${symbols.length} characters to learn, ${heldOutCharacters} held out (${heldOut.length} files)`;
  return `${network}; ours ${steps}; ${files}`;
}

function summary(title: string, curves: readonly Curve[], seconds: number): Quality {
  const [ours, ...peers] = curves;
  const [peer] = peers
    .flatMap(({ name, points }) => {
      const last = points.at(-1);
      return last !== undefined && last.seconds >= seconds
        ? [{ name, bitsPerCharacter: last.bitsPerCharacter }]
        : [];
    })
    .sort((a, b) => a.bitsPerCharacter - b.bitsPerCharacter);
  const reached = peer && secondsToReach(ours.points, peer.bitsPerCharacter);
  return { title, curves, peer: peer ?? null, secondsToMatch: reached ?? null };
}

function describeQuality({ title, curves, peer, secondsToMatch }: Quality, seconds: number): string {
  const rows = (curves[0]?.points ?? []).map((point, i) => [
    point.seconds.toFixed(0),
    ...curves.map(({ points }) => points[i]?.bitsPerCharacter.toFixed(3) ?? ''),
  ]);
  const figures = table(['seconds', ...curves.map(({ name }) => name)], rows);
  if (peer === null) return `${title}\n\n${figures}`;
  const reached = secondsToMatch === null ? 'not in that time' : `in ${secondsToMatch.toFixed(0)} s`;
  const verdict = `What ${peer.name} reaches in ${seconds} s, ${peer.bitsPerCharacter.toFixed(3)} bits per character, ours reaches ${reached}.`;
  return `${title}\n\n${figures}\n\n${verdict}`;
}
