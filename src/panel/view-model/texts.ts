import { durationText } from '../../common/duration.ts';
import { numberText, percentText } from '../../common/localization/numbers.ts';
import { localize, localized } from '../../common/localization/localize.ts';
import type { Activity, CurvePoint, NetworkSummary, Sample, SuggestionCounts } from '../protocol.ts';
import { thinPoints } from './curve-points.ts';
import { CURVES, HELD_OUT, LEARNING_RATE, GRADIENT_NORM, LOSS, NATS_PER_BIT, SPEED } from './chart-data.ts';

/** A name and what is shown for it. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Shown where there is no value. */
const NONE = '–';

/** The share in words; nothing where there is nothing to take it of. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? NONE : localize`${Math.round((100 * part) / whole)} %`;
}

/** What goes on, as one sentence. */
export function activityText(activity: Activity): string {
  switch (activity.kind) {
    case 'unavailable':
      return activity.sentence;
    case 'idle':
      if (activity.failure !== undefined) return activity.failure;
      return activity.hasModel
        ? localize`No training runs; what is shown is from the model file.`
        : localize`There is no model yet; Train learns the files of this workspace.`;
    case 'reading':
      return localize`Reading the files: ${numberText(activity.filesSeen)} seen, ${numberText(activity.charactersRead)} characters.`;
    case 'remembering':
      return localize`Building the context model of the files: ${percentText(activity.fraction)}.`;
    case 'training':
      return localize`Training: ${percentText(activity.fraction)}, ${durationText(activity.secondsLeft)} left.`;
  }
}

/** Part of the present work that is done, 0 to 1; undefined where nothing runs or nobody knows. */
export function progressOf(activity: Activity): number | undefined {
  return activity.kind === 'training' || activity.kind === 'remembering' ? activity.fraction : undefined;
}

export function isBusy({ kind }: Activity): boolean {
  return kind === 'reading' || kind === 'remembering' || kind === 'training';
}

/** The latest numbers of a training. */
export function latestFacts(activity: Activity, points: readonly CurvePoint[]): readonly Fact[] {
  const facts = [HELD_OUT, LOSS, SPEED, LEARNING_RATE, GRADIENT_NORM].map(({ label, valueOf, format }) => {
    const latest = points.findLast((point) => valueOf(point) !== undefined);
    return { name: localized(label), value: latest === undefined ? NONE : format(valueOf(latest)!) };
  });
  const { step } = points.at(-1) ?? {};
  const isTraining = activity.kind === 'training';
  const left = isTraining ? durationText(activity.secondsLeft) : NONE;
  return [
    ...facts,
    { name: localize`Step`, value: stepText(step, isTraining ? activity.epoch : undefined) },
    { name: localize`Time left`, value: left },
  ];
}

function stepText(step: number | undefined, epoch: number | undefined): string {
  if (step === undefined) return NONE;
  return epoch === undefined ? numberText(step) : localize`${numberText(step)}, epoch ${numberText(epoch)}`;
}

/** All values at a point in words, for the pointer and for screen readers. */
export function pointText(point: CurvePoint): string {
  const values = CURVES.flatMap(({ phrase, valueOf, format }) => {
    const value = valueOf(point);
    return value === undefined ? [] : [phrase(format(value))];
  });
  const measured = values.join(', ') || localize`nothing measured`;
  return point.seconds === undefined
    ? localize`Step ${numberText(point.step)}: ${measured}`
    : localize`Step ${numberText(point.step)} after ${durationText(point.seconds)}: ${measured}`;
}

/** The values as a table of at most `maxRows`, among them, where they fit, all measures of the held-out files. */
export function tableOf(points: readonly CurvePoint[], maxRows: number): readonly (readonly string[])[] {
  return thinPoints(points, maxRows).map((point) => [
    numberText(point.step),
    point.seconds === undefined ? NONE : durationText(point.seconds),
    ...CURVES.map(({ valueOf, format }) => {
      const value = valueOf(point);
      return value === undefined ? NONE : format(value);
    }),
  ]);
}

export function sampleText({ step, loss }: Sample): string {
  return localize`Step ${numberText(step)}, training loss ${numberText(loss / NATS_PER_BIT, 2)} bits per symbol`;
}

/** @param savedAtText of `savedAt`, as the reader's locale writes it. */
export function networkFacts(network: NetworkSummary, savedAtText: string): readonly Fact[] {
  const { layers, cell, units, embedding, vocabularySize, parameters, bytes } = network;
  const shape = shapeText(layers, units, cell.toUpperCase());
  const symbols = numberText(vocabularySize);
  const [steps, epochs, characters] = [network.steps, network.epochs, network.characters].map((count) =>
    numberText(count),
  );
  const time = durationText(network.seconds);
  return [
    {
      name: localize`Shape`,
      value: network.isJoint ? localize`${shape}, trained together with a context model of the files` : shape,
    },
    {
      name: localize`Input`,
      value:
        embedding === 0
          ? localize`${symbols} symbols, one-hot`
          : localize`${symbols} symbols, embedded in ${embedding} values`,
    },
    {
      name: localize`Size`,
      value: localize`${numberText(parameters)} parameters, ${numberText(bytes / 1e6, 1)} MB on disk`,
    },
    { name: localize`Engine`, value: `${network.engine}: ${network.engineReason}` },
    {
      name: localize`Trained`,
      value:
        Math.round(network.epochs) === 1
          ? localize`${steps} steps, 1 epoch, ${characters} characters in ${time}`
          : localize`${steps} steps, ${epochs} epochs, ${characters} characters in ${time}`,
    },
    { name: localize`Saved`, value: savedAtText },
  ];
}

function shapeText(layers: number, units: number, type: string): string {
  return layers === 1
    ? localize`1 ${type} layer of ${units} units`
    : localize`${layers} ${type} layers of ${units} units`;
}

/** A row of the table of suggestions. */
export function countsRow(name: string, counts: SuggestionCounts): readonly string[] {
  const { shown, taken, characters, judged, kept } = counts;
  return [
    name,
    numberText(shown),
    numberText(taken),
    shareText(taken, shown),
    numberText(characters),
    judged === 0 ? NONE : localize`${numberText(kept)} of ${numberText(judged)}`,
    shareText(kept, judged),
  ];
}

/** The sum of counts. */
export function totalCounts(all: readonly SuggestionCounts[]): SuggestionCounts {
  const sum = (of: keyof SuggestionCounts): number => all.reduce((total, counts) => total + counts[of], 0);
  return {
    shown: sum('shown'),
    taken: sum('taken'),
    characters: sum('characters'),
    judged: sum('judged'),
    kept: sum('kept'),
  };
}
