import { expect, it } from 'vitest';
import { NetworkSession } from '../../../src/completion/predict/network-session.ts';
import type { AdaptiveOutput } from '../../../src/engine/index.ts';
import { NgramStepper, vocabularyOf } from '../ngram-stepper.ts';

it('keeps the output layers of the documents used last, within its budget', () => {
  const restored: number[] = [];
  let uses = 0;
  const output = {
    reset: () => restored.push(0),
    snapshot: () => new Float32Array(100).fill(++uses),
    restore: (snapshot: Float32Array) => restored.push(snapshot[0]),
  };
  const vocabulary = vocabularyOf('ab');
  const stepper = new NgramStepper(vocabulary, 'ab');
  const joined = { stepper, vocabulary, output: output as unknown as AdaptiveOutput };
  const along = new NetworkSession(joined, 800);
  const reading = { state: new Float32Array(1), logits: new Float32Array(1) };
  const names = Array.from({ length: 12 }, (_, i) => `document ${i}`);
  for (const name of names) along.positionAfter(name, reading);
  restored.length = 0;
  for (const name of [names[10], names[11], names[0]]) along.positionAfter(name, reading);
  expect(restored).toEqual([11, 12, 0]);

  const roomy = new NetworkSession(joined);
  for (const name of names) roomy.positionAfter(name, reading);
  restored.length = 0;
  roomy.positionAfter(names[0], reading);
  expect(restored[0]).toBeGreaterThan(0);
});

it('refuses a network trained with the context model that comes without its joint output layer', () => {
  class JointStepper extends NgramStepper {
    readonly biasScale = () => 1;
  }
  const vocabulary = vocabularyOf('ab');
  const stepper = new JointStepper(vocabulary, 'ab');
  expect(() => new NetworkSession({ stepper, vocabulary })).toThrow(RangeError);
});
