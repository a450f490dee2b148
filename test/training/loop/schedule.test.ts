import { describe, expect, it } from 'vitest';
import { Schedule } from '../../../src/training/loop/schedule.ts';
import type { Clock, Plan, Progress, Task } from '../../../src/training/loop/schedule.ts';

/** A run of 20 s that saved something at 15 s, with nothing held out. */
const clock: Clock = {
  elapsed: 20,
  checkpointAt: 15,
  hasSavedProgress: true,
  measuredAt: undefined,
  measuringSeconds: 0,
  measureSeconds: undefined,
  mayMeasure: true,
};
/** The same with held-out files that were never measured; that takes a second. */
const heldOut: Clock = { ...clock, measureSeconds: 1 };
/** In the middle of an epoch of 20 windows. */
const progress: Progress = { step: 47, epoch: 2, windowsDone: 7, isOver: false };
const atEpochEnd: Progress = { step: 60, epoch: 3, windowsDone: 0, isOver: false };
const atBegin: Progress = { step: 0, epoch: 0, windowsDone: 0, isOver: false };
const begin: Clock = { ...heldOut, elapsed: 0, checkpointAt: undefined, hasSavedProgress: false };

const due = (at: Progress, time: Clock, plan: Partial<Plan> = {}) =>
  new Schedule({ windows: 20, ...plan }).due(at, time);

describe('what is due after a step', () => {
  it.each<[string, Progress, Clock, Partial<Plan>, Task[]]>([
    ['nothing, between checkpoints', progress, clock, {}, []],
    ['a checkpoint before the first step', atBegin, begin, {}, ['checkpoint']],
    [
      'all at the begin, with a milestone there',
      atBegin,
      begin,
      { milestones: [0] },
      ['sample', 'validate', 'checkpoint'],
    ],
    ['a first sample before the first step', atBegin, begin, { sampleEvery: 10 }, ['sample', 'checkpoint']],
    [
      'the first checkpoint with progress after 10 s',
      progress,
      { ...clock, checkpointAt: 10, hasSavedProgress: false },
      {},
      ['checkpoint'],
    ],
    ['none before', progress, { ...clock, checkpointAt: 10.1, hasSavedProgress: false }, {}, []],
    ['the next one after 30 s', progress, { ...clock, elapsed: 45 }, {}, ['checkpoint']],
    ['none before 30 s', progress, { ...clock, elapsed: 44.9 }, {}, []],
    ['one at an epoch end 5 s after the last', atEpochEnd, clock, {}, ['checkpoint']],
    ['none at an epoch end before', atEpochEnd, { ...clock, checkpointAt: 15.1 }, {}, []],
    ['the first measure after 20 s, saved', progress, heldOut, {}, ['validate', 'checkpoint']],
    ['no measure before 20 s', progress, { ...heldOut, elapsed: 19.9 }, {}, []],
    [
      'the next measure after 30 s',
      progress,
      { ...heldOut, elapsed: 60, measuredAt: 30, checkpointAt: 50 },
      {},
      ['validate', 'checkpoint'],
    ],
    [
      'no measure before 30 s',
      progress,
      { ...heldOut, elapsed: 60, measuredAt: 30.1, checkpointAt: 50 },
      {},
      [],
    ],
    [
      'a measure at an epoch end 5 s after the last',
      atEpochEnd,
      { ...heldOut, measuredAt: 15 },
      {},
      ['validate', 'checkpoint'],
    ],
    ['no measure at an epoch end before', atEpochEnd, { ...heldOut, measuredAt: 15.1 }, {}, ['checkpoint']],
    [
      'no measure that would take more than a tenth of the time',
      progress,
      { ...heldOut, measuringSeconds: 1.1 },
      {},
      [],
    ],
    ['a sample at every so many steps', { ...progress, step: 45 }, clock, { sampleEvery: 9 }, ['sample']],
    ['none between them', progress, clock, { sampleEvery: 9 }, []],
    [
      'a checkpoint at every so many steps',
      { ...progress, step: 45 },
      clock,
      { checkpointEvery: 9 },
      ['checkpoint'],
    ],
    [
      'a measure before a checkpoint that was asked for',
      { ...progress, step: 45 },
      { ...heldOut, elapsed: 16 },
      { checkpointEvery: 9 },
      ['validate', 'checkpoint'],
    ],
    ['nothing but the stop at the end', { ...progress, isOver: true }, heldOut, {}, ['stop']],
    [
      'the last sample at the end',
      { ...progress, step: 45, isOver: true },
      heldOut,
      { sampleEvery: 9, checkpointEvery: 9 },
      ['sample', 'stop'],
    ],
    [
      'a milestone at the end',
      { ...atEpochEnd, isOver: true },
      heldOut,
      { milestones: [3] },
      ['sample', 'validate', 'stop'],
    ],
    [
      'only the sample of a milestone with nothing held out',
      atEpochEnd,
      { ...clock, checkpointAt: 19 },
      { milestones: [3] },
      ['sample'],
    ],
  ])('is %s', (_, at, time, plan, expected) => {
    expect(due(at, time, plan)).toEqual(expected);
  });

  it('is a sample every so many steps, from the first on', () => {
    const sampleAt = (step: number, plan: Partial<Plan>) =>
      due({ ...progress, step, windowsDone: step + 1 }, clock, plan).includes('sample');
    expect([0, 1, 2, 3, 4, 6].filter((step) => sampleAt(step, { sampleEvery: 3 }))).toEqual([0, 3, 6]);
    expect(sampleAt(0, {})).toBe(false);
  });

  it('is each milestone once, also where several are passed at a time', () => {
    const reached = [];
    for (let step = 0; step <= 40; step++) {
      const at = { step, epoch: Math.floor(step / 20), windowsDone: step % 20, isOver: false };
      if (due(at, clock, { milestones: [1, 0, 0.11, 0.12] }).includes('sample')) reached.push(step / 20);
    }
    expect(reached).toEqual([0, 0.15, 1]);
  });

  it('is no milestone that the model has passed already', () => {
    const at = (windowsDone: number) => ({ ...progress, epoch: 0, windowsDone });
    const milestones = [0, 0.5, 1];
    const isReached = (windowsDone: number) => due(at(windowsDone), clock, { milestones }).includes('sample');
    expect([10, 11, 12].map(isReached)).toEqual([true, false, false]);
  });
});
