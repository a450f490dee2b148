import type { CurvePoint } from '../protocol.ts';
import { type Message, message } from '../../common/localization/message.ts';
import { localize } from '../../common/localization/localize.ts';
import { numberText, significantText } from '../../common/localization/numbers.ts';

/** What the horizontal axis of the charts counts. */
export type Axis = 'steps' | 'time';

/** A value that is drawn over steps or time. */
export interface Curve {
  readonly label: Message;
  /** A formatted value with its name, as a part of a sentence. */
  readonly phrase: (value: string) => string;
  readonly valueOf: (point: CurvePoint) => number | undefined;
  /** A value in words, with its unit. */
  readonly format: (value: number) => string;
}

export const NATS_PER_BIT = Math.LN2;

/** Part of the running mean that an earlier value keeps from one point to the next. */
const SMOOTHING = 0.9;

export const LOSS: Curve = {
  label: message`Training loss`,
  phrase: (value) => localize`training loss ${value}`,
  valueOf: ({ loss }) => loss && loss / NATS_PER_BIT,
  format: (value) => localize`${numberText(value, 3)} bits per symbol`,
};

export const HELD_OUT: Curve = {
  label: message`Held-out files`,
  phrase: (value) => localize`held-out files ${value}`,
  valueOf: ({ heldOutBits }) => heldOutBits,
  format: (value) => localize`${numberText(value, 3)} bits per character`,
};

export const LEARNING_RATE: Curve = {
  label: message`Learning rate`,
  phrase: (value) => localize`learning rate ${value}`,
  valueOf: ({ learningRate }) => learningRate,
  format: (value) => significantText(value),
};

export const GRADIENT_NORM: Curve = {
  label: message`Gradient norm`,
  phrase: (value) => localize`gradient norm ${value}`,
  valueOf: ({ gradientNorm }) => gradientNorm,
  format: (value) => significantText(value),
};

export const SPEED: Curve = {
  label: message`Characters per second`,
  phrase: (value) => localize`characters per second ${value}`,
  valueOf: ({ charactersPerSecond }) => charactersPerSecond,
  format: (value) => numberText(value),
};

/** Every curve, in the order of the table. */
export const CURVES: readonly Curve[] = [LOSS, HELD_OUT, LEARNING_RATE, GRADIENT_NORM, SPEED];

/** Points by their position on an axis: of the time axis, those of the last training alone. */
export function pointsOn(axis: Axis, points: readonly CurvePoint[]): readonly CurvePoint[] {
  return axis === 'steps' ? points : points.filter(({ seconds }) => seconds !== undefined);
}

/** Where a point stands on an axis. */
export function positionOf(axis: Axis, { step, seconds = 0 }: CurvePoint): number {
  return axis === 'steps' ? step : seconds;
}

/** Columns as uPlot takes them: positions, then the values of each curve, null where there is none. */
export type Columns = [number[], ...(number | null)[][]];

export function columnsOf(axis: Axis, points: readonly CurvePoint[], curves: readonly Curve[]): Columns {
  return [
    points.map((point) => positionOf(axis, point)),
    ...curves.map(({ valueOf }) => points.map((point) => valueOf(point) ?? null)),
  ];
}

/**
 * Running mean of a column, which shows a trend where single batches differ much. Null where the column is.
 * The weight of what was before the first value is taken out, as Kingma and Ba (2015) do in Adam, section 3.
 */
export function smoothed(values: readonly (number | null)[]): (number | null)[] {
  let mean = 0;
  let weight = 1;
  return values.map((value) => {
    if (value === null) return null;
    mean = SMOOTHING * mean + (1 - SMOOTHING) * value;
    weight *= SMOOTHING;
    return mean / (1 - weight);
  });
}
