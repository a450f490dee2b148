import { expect, it } from 'vitest';
import { Vocabulary } from '../../../src/corpus/index.ts';
import type { NetworkSpecification } from '../../../src/model/index.ts';
import { Validator } from '../../../src/training/data/validation.ts';
import { fakeEngine } from '../fake-engine.ts';
import { sourceFile } from '../files.ts';

const vocabulary = Vocabulary.fromTexts(['abc']);
const specification: NetworkSpecification = {
  cell: 'lstm',
  layers: 1,
  units: 4,
  embedding: 3,
  dropout: 0,
  vocabularySize: vocabulary.size,
  prior: true,
};
const signal = new AbortController().signal;
const failure = new Error('the context model failed');

function create(text: string, priors: Promise<never>) {
  const engine = fakeEngine({ trained: [], alive: 0 });
  return Validator.create(engine, specification, vocabulary, [sourceFile('a.txt', text)], priors);
}

it('is ready to fail as soon as priors have failed', async () => {
  let fail: (reason: Error) => void;
  const validator = await create('abc', new Promise<never>((_, reject) => (fail = reject)));
  expect(validator!.isReady).toBe(false);
  const ready = validator!.ready(signal);
  fail!(failure);
  await expect(ready).rejects.toBe(failure);
  expect(validator!.isReady).toBe(true);
  await expect(validator!.measure(new Map(), signal)).rejects.toBe(failure);
});

it('stops waiting for priors when it is aborted', async () => {
  const validator = await create('abc', new Promise<never>(() => undefined));
  const abort = new AbortController();
  const ready = validator!.ready(abort.signal);
  abort.abort(new Error('enough'));
  await expect(ready).rejects.toThrow('enough');
});

it('leaves no failure of priors unhandled where there is nothing to measure', async () => {
  expect(await create('', Promise.reject(failure))).toBeUndefined();
  // An unhandled rejection would be reported by now.
  await new Promise(setImmediate);
});
