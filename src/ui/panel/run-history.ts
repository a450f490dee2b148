import {
  type CurvePoint,
  mergePoints,
  mergeSamples,
  type PanelContent,
  type Sample,
  thinPoints,
} from '../../panel/index.ts';
import type { TrainingEvent } from '../../training/index.ts';

/** What a training has reported so far, thinned to what a chart can show. */
export class RunHistory {
  /** By rising step. */
  points: readonly CurvePoint[] = [];
  samples: readonly Sample[] = [];
  /** Steps that the model had when the training began; undefined before that is known. */
  resumedFromStep: number | undefined;
  private readonly beganAtMs: number;

  /** @param nowMs of the same clock as that given to `add`. */
  constructor(nowMs: number) {
    this.beganAtMs = nowMs;
  }

  /** Takes an event in. @returns what changes for a page that shows this training. */
  add(event: TrainingEvent, nowMs: number): Partial<PanelContent> {
    switch (event.event) {
      case 'reading': {
        const { filesSeen, charactersRead } = event;
        return { activity: { kind: 'reading', filesSeen, charactersRead } };
      }
      case 'remembering':
        // The first steps are taken meanwhile.
        return this.points.length > 0 ? {} : { activity: { kind: 'remembering', fraction: event.fraction } };
      case 'started':
        this.resumedFromStep = event.resumedFromStep;
        return {};
      case 'step': {
        const { step, epoch, learningRate, gradientNorm, charactersPerSecond, fraction, secondsLeft } = event;
        return {
          activity: { kind: 'training', fraction, secondsLeft, epoch },
          ...this.addPoint({
            step,
            seconds: this.secondsAt(nowMs),
            // The curve is that of the joint loss.
            ...(!event.isAlone && { loss: event.loss }),
            learningRate,
            ...(gradientNorm !== undefined && { gradientNorm }),
            ...(charactersPerSecond > 0 && { charactersPerSecond }),
          }),
        };
      }
      case 'validation': {
        const { step, bitsPerCharacter } = event;
        return this.addPoint({ step, seconds: this.secondsAt(nowMs), heldOutBits: bitsPerCharacter });
      }
      case 'sample': {
        const { step, loss, text } = event;
        const samples = [{ step, loss, text }];
        this.samples = mergeSamples(this.samples, samples);
        return { samples };
      }
      case 'corpus':
      case 'checkpoint':
      case 'checkpointFailed':
      case 'done':
        return {};
    }
  }

  private addPoint(point: CurvePoint): Partial<PanelContent> {
    const points = [point];
    this.points = thinPoints(mergePoints(this.points, points));
    return { points };
  }

  private secondsAt(nowMs: number): number {
    return (nowMs - this.beganAtMs) / 1000;
  }
}
