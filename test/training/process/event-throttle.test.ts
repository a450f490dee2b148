import { describe, expect, it } from 'vitest';
import type { TrainingEvent } from '../../../src/training/index.ts';
import { throttleSteps } from '../../../src/training/process/event-throttle.ts';

const step = (number: number): TrainingEvent => ({
  event: 'step',
  step: number,
  epoch: 0,
  loss: 1,
  learningRate: 0.002,
  charactersPerSecond: 1,
  fraction: 0,
  secondsLeft: 1,
});
const done: TrainingEvent = {
  event: 'done',
  engine: 'wasm',
  engineReason: 'a test',
  steps: 100,
  savedStep: 100,
  hasImproved: true,
  loss: 1,
  bitsPerCharacter: null,
  charactersPerSecond: 1,
  seconds: 1,
  ending: 'steps',
};
const checkpoint: TrainingEvent = { event: 'checkpoint', step: 5, path: '/m' };

/** What comes through of steps 0, 1, 2 … every 100 ms, with other events after some of them. */
function through(steps: number, others: ReadonlyMap<number, TrainingEvent>): (number | string)[] {
  const passed: (number | string)[] = [];
  let time = 0;
  const thin = throttleSteps(
    (event) => passed.push(event.event === 'step' ? event.step : event.event),
    250,
    () => time,
  );
  for (let number = 0; number < steps; number++) {
    thin(step(number));
    const other = others.get(number);
    if (other) thin(other);
    time += 100;
  }
  return passed;
}

describe('throttleSteps', () => {
  it('passes the first step on and then four a second', () => {
    expect(through(10, new Map())).toEqual([0, 3, 6, 9]);
  });

  it('passes the last step on before the end, once', () => {
    expect(through(6, new Map([[5, done]]))).toEqual([0, 3, 5, 'done']);
    expect(through(7, new Map([[6, done]]))).toEqual([0, 3, 6, 'done']);
  });

  it('passes everything else on at once', () => {
    expect(through(6, new Map([[1, checkpoint]]))).toEqual([0, 'checkpoint', 3]);
  });
});
