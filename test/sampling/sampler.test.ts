import { describe, expect, it } from 'vitest';
import { sample } from '../../src/sampling/sampler.ts';
import type { SampleOptions } from '../../src/sampling/sampler.ts';
import { Vocabulary } from '../../src/corpus/index.ts';
import { NgramStepper, vocabularyOf } from '../completion/ngram-stepper.ts';

const learnt = '\u0002alpha 😀 béta\ngamma 😀 delta\n';
const vocabulary = vocabularyOf(learnt);

function chunksOf(options: Partial<SampleOptions>): string[] {
  const stepper = new NgramStepper(vocabulary, learnt, 0.9);
  return [...sample(stepper, vocabulary, { prime: '', length: 40, temperature: 0, seed: 0, ...options })];
}

describe('a sample', () => {
  it('goes on from the prime, which is not part of it', () => {
    expect(chunksOf({ prime: 'gam', length: 11 }).join('')).toBe('ma 😀 delta\n');
  });

  it('begins a file behind the end of another, or goes on behind a line end', () => {
    const firstRead: number[] = [];
    class Spy extends NgramStepper {
      override feed(...[symbols, state, logits]: Parameters<NgramStepper['feed']>): void {
        if (this.fed === 0) firstRead.push(...Array.from(symbols));
        super.feed(symbols, state, logits);
      }
    }
    for (const prime of ['', 'a']) {
      const options = { prime, length: 1, temperature: 0, seed: 0 };
      expect([...sample(new Spy(vocabulary, learnt), vocabulary, options)].length).toBe(1);
    }
    const lineEnd = vocabulary.encode('\n');
    expect(firstRead).toEqual([...lineEnd, Vocabulary.startOfFile, ...lineEnd]);
  });

  it('takes line ends and composed letters as learnt', () => {
    expect(chunksOf({ prime: '😀 be\u0301', length: 3 }).join('')).toBe('ta\n');
    expect(chunksOf({ prime: 'béta\r\n', length: 3 }).join('')).toBe('gam');
  });

  it('comes in small pieces of whole code points', () => {
    const chunks = chunksOf({ temperature: 1, length: 500 });
    expect([...chunks.join('')].length).toBe(500);
    for (const chunk of chunks) {
      expect([...chunk].length).toBeLessThanOrEqual(8);
      expect(chunk).not.toMatch(/\p{Surrogate}/u);
    }
  });

  it('is the same for the same seed and another for another', () => {
    expect(chunksOf({ temperature: 1, seed: 3 })).toEqual(chunksOf({ temperature: 1, seed: 3 }));
    expect(chunksOf({ temperature: 1, seed: 3 })).not.toEqual(chunksOf({ temperature: 1, seed: 4 }));
  });

  it('has no special symbols', () => {
    expect(chunksOf({ temperature: 2, length: 3000 }).join('')).not.toMatch(/[\uFFFD\u0002]/);
  });

  it('of no length is nothing', () => expect(chunksOf({ length: 0 })).toEqual([]));
});
