import { durationText } from '../../common/duration.ts';
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

export function countText(count: number): string {
  return count.toLocaleString('en');
}

/** The share in words; nothing where there is nothing to take it of. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? NONE : `${Math.round((100 * part) / whole)} %`;
}

/** What goes on, as one sentence. */
export function activityText(activity: Activity): string {
  switch (activity.kind) {
    case 'unavailable':
      return activity.sentence;
    case 'idle':
      if (activity.failure !== undefined) return activity.failure;
      return activity.hasModel
        ? 'No training runs; what is shown is from the model file.'
        : 'There is no model yet; Train learns the files of this workspace.';
    case 'reading':
      return `Reading the files: ${countText(activity.filesSeen)} seen, ${countText(activity.charactersRead)} characters.`;
    case 'remembering':
      return `Building the context model of the files: ${Math.floor(activity.fraction * 100)} %.`;
    case 'training':
      return `Training: ${Math.floor(activity.fraction * 100)} %, ${durationText(activity.secondsLeft)} left.`;
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
    return { name: label, value: latest === undefined ? NONE : format(valueOf(latest)!) };
  });
  const { step } = points.at(-1) ?? {};
  const [left, epoch] =
    activity.kind === 'training'
      ? [durationText(activity.secondsLeft), `, epoch ${countText(activity.epoch)}`]
      : [NONE, ''];
  return [
    ...facts,
    { name: 'Step', value: step === undefined ? NONE : countText(step) + epoch },
    { name: 'Time left', value: left },
  ];
}

/** All values at a point in words, for the pointer and for screen readers. */
export function pointText(point: CurvePoint): string {
  const values = CURVES.flatMap(({ label, valueOf, format }) => {
    const value = valueOf(point);
    return value === undefined ? [] : [`${label.toLowerCase()} ${format(value)}`];
  });
  const after = point.seconds === undefined ? '' : ` after ${durationText(point.seconds)}`;
  return `Step ${countText(point.step)}${after}: ${values.join(', ') || 'nothing measured'}`;
}

/** The values as a table of at most `maxRows`, among them, where they fit, all measures of the held-out files. */
export function tableOf(points: readonly CurvePoint[], maxRows: number): readonly (readonly string[])[] {
  return thinPoints(points, maxRows).map((point) => [
    countText(point.step),
    point.seconds === undefined ? NONE : durationText(point.seconds),
    ...CURVES.map(({ valueOf, format }) => {
      const value = valueOf(point);
      return value === undefined ? NONE : format(value);
    }),
  ]);
}

export function sampleText({ step, loss }: Sample): string {
  return `Step ${countText(step)}, training loss ${(loss / NATS_PER_BIT).toFixed(2)} bits per symbol`;
}

/** @param savedAtText of `savedAt`, as the reader's locale writes it. */
export function networkFacts(network: NetworkSummary, savedAtText: string): readonly Fact[] {
  const { layers, cell, units, embedding, vocabularySize, parameters, bytes } = network;
  const joint = network.isJoint ? ', trained together with a context model of the files' : '';
  return [
    {
      name: 'Shape',
      value: `${layers} ${cell.toUpperCase()} layer${layers === 1 ? '' : 's'} of ${units} units${joint}`,
    },
    {
      name: 'Input',
      value: `${countText(vocabularySize)} symbols, ${embedding === 0 ? 'one-hot' : `embedded in ${embedding} values`}`,
    },
    { name: 'Size', value: `${countText(parameters)} parameters, ${(bytes / 1e6).toFixed(1)} MB on disk` },
    { name: 'Engine', value: `${network.engine}: ${network.engineReason}` },
    {
      name: 'Trained',
      value: `${countText(network.steps)} steps, ${countText(network.epochs)} epochs, ${countText(network.characters)} characters in ${durationText(network.seconds)}`,
    },
    { name: 'Saved', value: savedAtText },
  ];
}

/** A row of the table of suggestions. */
export function countsRow(name: string, counts: SuggestionCounts): readonly string[] {
  const { shown, taken, characters, judged, kept } = counts;
  return [
    name,
    countText(shown),
    countText(taken),
    shareText(taken, shown),
    countText(characters),
    judged === 0 ? NONE : `${countText(kept)} of ${countText(judged)}`,
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
