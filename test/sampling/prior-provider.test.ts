import { describe, expect, it } from 'vitest';
import { createMemory } from '../../src/context-model/index.ts';
import { besideFor, sample, TextMemory } from '../../src/sampling/index.ts';
import { NgramStepper, vocabularyOf } from '../completion/ngram-stepper.ts';

const learnt = 'abcdefgh zyxw\n';
const vocabulary = vocabularyOf(learnt);

/** A network that knows nothing by itself, trained beside a memory that it believes. */
class JointStepper extends NgramStepper {
  readonly biasScale = () => 1;
  constructor() {
    super(vocabulary, learnt, 0);
  }
}

const prime = 'zyx ghab\n'.repeat(6);

async function written(stepper: NgramStepper, temperature: number, seed = 0, length = 18): Promise<string> {
  const beside = await besideFor(stepper, prime);
  return [...sample(stepper, vocabulary, { prime, length, temperature, seed }, beside)].join('');
}

describe('a network that was trained beside a memory', () => {
  it('writes what the memory of the prime expects', async () => {
    expect(await written(new JointStepper(), 0)).toBe(prime.slice(0, 18));
  });

  it('writes the same for the same seed, and else for another', async () => {
    const first = await written(new JointStepper(), 3, 1, 60);
    expect(await written(new JointStepper(), 3, 1, 60)).toBe(first);
    expect(await written(new JointStepper(), 3, 2, 60)).not.toBe(first);
  });
});

it('a network that was trained alone writes alone', async () => {
  const stepper = new NgramStepper(vocabulary, learnt, 0.9);
  expect(await besideFor(stepper, prime)).toBeUndefined();
  expect(await written(stepper, 1, 5)).toBe(
    [...sample(stepper, vocabulary, { prime, length: 18, temperature: 1, seed: 5 })].join(''),
  );
});

describe('TextMemory', () => {
  it('remembers what has been written like the text before', async () => {
    const whole = new TextMemory(await createMemory(), 'int value;\r\nint ');
    const written = new TextMemory(await createMemory(), 'int value;\n');
    const before = written.prior();
    for (const character of 'int ') written.advance(character.codePointAt(0)!);
    expect(written.prior()).toEqual(whole.prior());
    expect(written.prior()).not.toEqual(before);
    expect(String.fromCodePoint(written.prior().codePoints[0])).toBe('v');
  });

  it('forgets the older half of a long text', async () => {
    const memory = await createMemory();
    const text = new TextMemory(memory, 'x'.repeat(2 ** 18 - 1));
    text.advance(0x1f600);
    text.advance(97);
    const short = new TextMemory(await createMemory(), 'x'.repeat(2 ** 17 - 1) + '😀a');
    expect(text.prior().codePoints).toEqual(short.prior().codePoints);
  });
});
