/** What a training does between two steps, in this order: what is measured, and saved, has its sample. */
export type Task = 'sample' | 'validate' | 'checkpoint' | 'stop';

const SECONDS_BETWEEN = 30;
/** The first checkpoint comes early: suggestions begin with it, and a process killed early has not learnt in vain. */
const SECONDS_BEFORE_FIRST_CHECKPOINT = 10;
/** The first measure comes early, because somebody is watching. */
const SECONDS_BEFORE_FIRST_MEASURE = 20;
/** Epochs may take moments; writing or measuring after each would then take longer than they do. */
const SECONDS_BETWEEN_EPOCH_ENDS = 5;
/** Part of a run's time that measures may take. */
const MAX_MEASURING_SHARE = 0.1;

/** What a schedule is made from. */
export interface Plan {
  /** Steps of an epoch. */
  readonly windows: number;
  /** Steps between samples; undefined: none but at milestones. */
  readonly sampleEvery?: number;
  /** Steps between checkpoints apart from those due by time. */
  readonly checkpointEvery?: number;
  /** Epochs, with fractions, at which the held-out files are measured and a sample is written. */
  readonly milestones?: readonly number[];
}

/** Where a training is: after `step` steps, `windowsDone` of them in the present epoch. */
export interface Progress {
  readonly step: number;
  readonly epoch: number;
  readonly windowsDone: number;
  /** Whether a limit is reached, or there is nothing more to learn. */
  readonly isOver: boolean;
}

/** Times in seconds; `…At` count from the begin of the run and are undefined before the first. */
export interface Clock {
  readonly elapsed: number;
  readonly checkpointAt: number | undefined;
  /** Whether a checkpoint of this run holds anything learnt. */
  readonly hasSavedProgress: boolean;
  readonly measuredAt: number | undefined;
  /** Spent on measures so far. */
  readonly measuringSeconds: number;
  /** What the next measure is expected to take; undefined where nothing is held out. */
  readonly measureSeconds: number | undefined;
  /** Whether a measure could begin at once; only one that was asked for waits. */
  readonly mayMeasure: boolean;
}

/** Says what is due after a step. It depends on its arguments alone. */
export class Schedule {
  private readonly plan: Plan;

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** The tasks that are due; with `stop` none that the end of a training brings by itself. */
  due(progress: Progress, clock: Clock): readonly Task[] {
    const { step, isOver } = progress;
    const isMilestone = this.isMilestone(progress);
    const isAskedFor = isMultiple(step, this.plan.checkpointEvery);
    // What is saved is what was measured, so a checkpoint that is asked for is measured first, and a measure is saved.
    const measures = (isAskedFor && step > 0) || isMeasureDue(progress, clock);
    const canMeasure = clock.measureSeconds !== undefined;
    const tasks: Task[] = [];
    if (isMilestone || isMultiple(step, this.plan.sampleEvery)) tasks.push('sample');
    if (canMeasure && (isMilestone || (measures && !isOver))) tasks.push('validate');
    if (!isOver && (isAskedFor || measures || isCheckpointDue(progress, clock))) tasks.push('checkpoint');
    if (isOver) tasks.push('stop');
    return tasks;
  }

  /** Whether the last step led to a milestone or past it; before the first step, whether one asks for that. */
  private isMilestone({ step, epoch, windowsDone }: Progress): boolean {
    const { windows, milestones = [] } = this.plan;
    const epochsAfter = (count: number): number => Math.floor(count / windows) + (count % windows) / windows;
    const count = epoch * windows + windowsDone;
    return milestones.some(
      (milestone) => milestone <= epochsAfter(count) && (step === 0 || milestone > epochsAfter(count - 1)),
    );
  }
}

function isMultiple(step: number, every: number | undefined): boolean {
  return every !== undefined && step % every === 0;
}

function isCheckpointDue({ windowsDone }: Progress, clock: Clock): boolean {
  if (clock.checkpointAt === undefined) return true;
  const between = clock.hasSavedProgress ? SECONDS_BETWEEN : SECONDS_BEFORE_FIRST_CHECKPOINT;
  return clock.elapsed - clock.checkpointAt >= (windowsDone === 0 ? SECONDS_BETWEEN_EPOCH_ENDS : between);
}

function isMeasureDue({ windowsDone }: Progress, clock: Clock): boolean {
  const { elapsed, measuredAt, measuringSeconds, measureSeconds, mayMeasure } = clock;
  if (measureSeconds === undefined || !mayMeasure) return false;
  const between = measuredAt === undefined ? SECONDS_BEFORE_FIRST_MEASURE : SECONDS_BETWEEN;
  if (elapsed - (measuredAt ?? 0) < (windowsDone === 0 ? SECONDS_BETWEEN_EPOCH_ENDS : between)) return false;
  return measuringSeconds + measureSeconds <= MAX_MEASURING_SHARE * elapsed;
}
