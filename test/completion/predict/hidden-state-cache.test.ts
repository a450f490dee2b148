import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { createWasmEngine } from '../../../src/engine/index.ts';
import { initialWeights } from '../../../src/model/index.ts';
import { DocumentStates } from '../../../src/completion/predict/hidden-state-cache.ts';
import { NgramStepper, vocabularyOf } from '../ngram-stepper.ts';

const learnt = 'ab\nba\naab é 😀\nbbé\n';
const vocabulary = vocabularyOf(learnt);

function states(budget?: number) {
  const stepper = new NgramStepper(vocabulary, learnt);
  return { stepper, states: new DocumentStates(stepper, vocabulary, budget) };
}

/** Symbols read for the last of these texts of one document. */
function costOfLast(...texts: string[]): number {
  const { stepper, states: kept } = states();
  let before = 0;
  for (const text of texts) {
    before = stepper.fed;
    kept.read('d', text, true);
  }
  return stepper.fed - before;
}

describe('what reading costs', () => {
  it('one symbol for a keystroke', () => expect(costOfLast('ab\nba', 'ab\nbab')).toBe(1));
  it('one symbol for a line end', () => expect(costOfLast('ab\nba', 'ab\nba\n')).toBe(1));
  it('nothing for the same text', () => expect(costOfLast('ab\nba', 'ab\nba')).toBe(0));
  it('the line for a deleted character', () => expect(costOfLast('ab\nbab', 'ab\nba')).toBe(2));
  it('the lines from an edit further up', () => expect(costOfLast('a\nb\na\nb', 'a\na\na\nb')).toBe(5));
  it('everything for another beginning', () => expect(costOfLast('a\nb', 'b\nb')).toBe(3));
});

it('keeps the documents used last within its budget', () => {
  const one = states().stepper.stateSize * Float32Array.BYTES_PER_ELEMENT;
  const { stepper, states: kept } = states(4 * one);
  for (const document of ['a', 'b', 'a', 'c']) kept.read(document, 'ab', true);
  const before = stepper.fed;
  kept.read('a', 'ab', true);
  expect(stepper.fed).toBe(before);
  kept.read('b', 'ab', true);
  expect(stepper.fed).toBe(before + 4);
});

it('forgets a document', () => {
  const { stepper, states: kept } = states();
  kept.read('a', 'ab', true);
  const before = stepper.fed;
  kept.forget('a');
  kept.read('a', 'ab', true);
  expect(stepper.fed).toBe(before + 4);
});

it('stops when cancelled and goes on from there', () => {
  const { stepper, states: kept } = states();
  let checks = 0;
  expect(kept.read('d', 'a\nb\na\nb\n', true, () => ++checks > 2)).toBeUndefined();
  expect(stepper.fed).toBe(6);
  kept.read('d', 'a\nb\na\nb\n', true);
  expect(stepper.fed).toBe(10);
});

it('reads the same bits as from nothing, whatever was read before', () => {
  // Left to itself, fast-check draws short lists and numbers near 0, so that hardly anything would be read again.
  const pieces = fc.array(fc.constantFrom('a', 'b', '\n', 'é', '😀', '\uD83D', '\uDE00', 'z'), {
    maxLength: 12,
    size: 'max',
  });
  const edit = fc.record({
    document: fc.constantFrom('a', 'b', 'c'),
    at: fc.noBias(fc.integer({ min: 0, max: 1000 })),
    remove: fc.noBias(fc.nat(5)),
    insert: pieces.map((list) => list.join('')),
    atFileStart: fc.boolean(),
    cancelAfter: fc.option(fc.nat(3)),
  });
  const edits = fc.array(edit, { maxLength: 30, size: 'max' });
  let [reads, reused] = [0, 0];
  fc.assert(
    fc.property(edits, fc.constantFrom(0, 600, undefined), (list, budget) => {
      const { states: kept, stepper } = states(budget);
      const texts = new Map<string, string>();
      for (const { document, at, remove, insert, atFileStart, cancelAfter } of list) {
        const old = texts.get(document) ?? '';
        const start = Math.round((at / 1000) * old.length);
        const text = old.slice(0, start) + insert + old.slice(start + remove);
        texts.set(document, text);
        let checks = 0;
        if (cancelAfter !== null) kept.read(document, text, atFileStart, () => checks++ >= cancelAfter);
        const fed = stepper.fed;
        const got = kept.read(document, text, atFileStart)!;
        const fresh = states();
        const want = fresh.states.read(document, text, atFileStart)!;
        reads++;
        if (stepper.fed - fed < fresh.stepper.fed / 2) reused++;
        expect(got.state).toEqual(want.state);
        expect(got.logits).toEqual(want.logits);
      }
    }),
    { seed: 1, numRuns: 200 },
  );
  // Else the property would hold of a cache that keeps nothing.
  expect(reused / reads).toBeGreaterThan(0.2);
});

it('reads the same bits as from nothing with the real engine', async () => {
  const specification = {
    cell: 'lstm',
    layers: 2,
    units: 5,
    embedding: 3,
    dropout: 0,
    vocabularySize: vocabulary.size,
  } as const;
  const engine = await createWasmEngine();
  const stepper = await engine.createStepper(specification, initialWeights(specification, 1));
  const kept = new DocumentStates(stepper, vocabulary);
  for (const text of ['', 'a', 'ab', 'ab\n', 'ab\nb', 'ab\nbb', 'ab\nb', 'b\nb', 'b\nb\n\na', 'b\n\na']) {
    expect(kept.read('d', text, true)).toMatchObject(
      new DocumentStates(stepper, vocabulary).read('d', text, true)!,
    );
  }
  stepper.dispose();
});
