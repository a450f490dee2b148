import { beforeAll, describe, expect, it } from 'vitest';
import { Vocabulary } from '../../../src/corpus/index.ts';
import type { SourceFile } from '../../../src/corpus/index.ts';
import { createWasmEngine } from '../../../src/engine/index.ts';
import type { Engine } from '../../../src/engine/index.ts';
import { UserFacingError } from '../../../src/common/errors.ts';
import { initialWeights, RandomGenerator } from '../../../src/model/index.ts';
import { evaluateFiles } from '../../../src/training/index.ts';
import { sourceFile } from '../files.ts';

const vocabulary = Vocabulary.fromTexts(['abcdefgh \n']);
const specification = {
  cell: 'lstm',
  layers: 2,
  units: 6,
  embedding: 5,
  dropout: 0.3,
  vocabularySize: vocabulary.size,
} as const;
const weights = initialWeights(specification, 3);

let engine: Engine;
beforeAll(async () => {
  engine = await createWasmEngine();
});

function randomText(length: number, seed: number): string {
  const random = new RandomGenerator(seed);
  const letters = 'abcdefgh \n';
  return Array.from({ length }, () => letters[random.nextUint32() % letters.length]).join('');
}

/** Bits and hits of the characters from number `from` on, symbol by symbol in double precision. */
async function stepped(text: string, from = 0): Promise<{ bits: number; correct: number; count: number }> {
  const stepper = await engine.createStepper(specification, weights);
  const ids = vocabulary.encode(text);
  const state = new Float32Array(stepper.stateSize);
  const logits = new Float32Array(vocabulary.size);
  const sum = { bits: 0, correct: 0, count: 0 };
  for (let i = 0; i < ids.length; i++) {
    stepper.feed([i === 0 ? Vocabulary.startOfFile : ids[i - 1]], state, logits);
    if (i < from) continue;
    const largest = Math.max(...logits);
    const total = logits.reduce((acc, logit) => acc + Math.exp(logit - largest), 0);
    sum.bits += (Math.log(total) + largest - logits[ids[i]]) / Math.LN2;
    sum.correct += logits[ids[i]] === largest ? 1 : 0;
    sum.count++;
  }
  stepper.dispose();
  return sum;
}

const evaluate = (files: readonly SourceFile[], signal?: AbortSignal) =>
  evaluateFiles(engine, specification, weights, vocabulary, files, signal);

describe('evaluateFiles', () => {
  it('counts characters of Hangul, whatever symbols they are made of', async () => {
    const jamo = Vocabulary.fromTexts(['가 나다'], undefined, true);
    const network = { ...specification, vocabularySize: jamo.size };
    const flat = new Map([...initialWeights(network, 3)].map(([name, values]) => [name, values.fill(0)]));
    const even = await evaluateFiles(engine, network, flat, jamo, [sourceFile('a', '가나 다')]);
    expect(even.characters).toBe(4);
    // Seven jamo and spaces, each as likely as any symbol.
    expect(even.bitsPerCharacter).toBeCloseTo((7 * Math.log2(jamo.size)) / 4, 5);
  });

  it('gives what reading the files symbol by symbol gives', async () => {
    const lengths = [1, 2, 199, 200, 201, 450, 0, 37, ...Array.from({ length: 40 }, (_, i) => 3 * i + 1)];
    const texts = lengths.map((length, seed) => randomText(length, seed));
    const sums = await Promise.all(texts.map((text) => stepped(text)));
    const total = (key: 'bits' | 'correct' | 'count'): number => sums.reduce((acc, sum) => acc + sum[key], 0);
    const result = await evaluate(texts.map((text, i) => sourceFile(`${i}`, text)));
    expect(result.characters).toBe(lengths.reduce((a, b) => a + b, 0));
    expect(Math.abs(result.bitsPerCharacter - total('bits') / total('count'))).toBeLessThan(1e-5);
    expect(result.perplexity).toBeCloseTo(2 ** result.bitsPerCharacter, 12);
    expect(Math.abs(result.accuracy - total('correct') / total('count'))).toBeLessThan(2 / total('count'));
  });

  it('counts a character it does not know as the unknown symbol', async () => {
    const { bits, count } = await stepped('abÖd€');
    const result = await evaluate([sourceFile('x', 'abÖd€')]);
    expect(result.characters).toBe(5);
    expect(result.bitsPerCharacter).toBeCloseTo(bits / count, 5);
  });

  it('counts every character of a long file once, each after at least 256 symbols', async () => {
    const text = randomText(65_536 + 1_000, 9);
    const result = await evaluate([sourceFile('long', text)]);
    expect(result.characters).toBe(text.length);
    const start = await stepped(text.slice(0, 65_536));
    // The second part warms up on the symbol before character 65,536 - 256 and the following ones.
    const rest = await stepped(text, 65_536);
    expect(result.bitsPerCharacter).toBeCloseTo((start.bits + rest.bits) / text.length, 5);
  });

  it('gives the bits of a joint network together, alone and of the memory alone', async () => {
    const joint = { ...specification, prior: true };
    const jointWeights = initialWeights(joint, 3);
    const plainWeights = new Map([...jointWeights].filter(([name]) => !name.startsWith('prior.')));
    const text = 'abcdefgh\n'.repeat(40);
    const files = [sourceFile('a', text), sourceFile('b', randomText(200, 1))];
    const result = await evaluateFiles(engine, joint, jointWeights, vocabulary, files);
    const plain = await evaluateFiles(engine, specification, plainWeights, vocabulary, files);
    expect(result.bitsPerCharacterAlone).toBeCloseTo(plain.bitsPerCharacter, 5);
    // The memory learns the repetitions of the one file, and cannot foresee the other.
    const memory = result.bitsPerCharacterMemory!;
    expect(memory).toBeGreaterThan((200 * 3.3) / (text.length + 200) - 0.5);
    expect(memory).toBeLessThan(plain.bitsPerCharacter - 1);
    // The scale of the prior begins near 1, and the network near to nothing.
    expect(Math.abs(result.bitsPerCharacter - memory)).toBeLessThan(0.3);
    expect(plain).not.toHaveProperty('bitsPerCharacterAlone');
  });

  it('says in a sentence that there is no text', async () => {
    await expect(evaluate([])).rejects.toThrow(UserFacingError);
    await expect(evaluate([sourceFile('empty', '')])).rejects.toThrow(/no text to evaluate/);
  });

  it('can be aborted', async () => {
    const abort = new AbortController();
    const long = sourceFile('long', randomText(60_000, 1));
    const evaluating = evaluate(Array<SourceFile>(30).fill(long), abort.signal);
    setImmediate(() => abort.abort());
    await expect(evaluating).rejects.toThrow('aborted');
    await expect(evaluating).rejects.toBe(abort.signal.reason);
  });
});
