import { describe, expect, it } from 'vitest';
import { identifiersOf, measureSample } from '../../../bench/samples/measures.ts';

const measure = (text: string, known: readonly string[] = []) => measureSample(text, identifiersOf(known));

describe('measureSample', () => {
  it('counts six-grams that are different', () => {
    expect(measure(']'.repeat(100)).distinctSixGrams).toBeCloseTo(1 / 95);
    expect(measure('abcdefghij').distinctSixGrams).toBe(1);
    expect(measure('abcdefabcdef').distinctSixGrams).toBeCloseTo(6 / 7);
  });

  it('finds the longest passage that stands there twice, with or without overlap', () => {
    expect(measure('abcdefgh').longestRepetition).toBe(0);
    expect(measure('one two, one two.').longestRepetition).toBe(7);
    expect(measure(']'.repeat(100)).longestRepetition).toBe(99);
    expect(measure('😀😁😂-😀😁😂').longestRepetition).toBe(3);
  });

  it('counts identifiers of four letters and more, and those that the code base has', () => {
    expect(measure('let drift = port_1 + foo(kappa);', ['const drift = kappa;'])).toMatchObject({
      identifiers: 3,
      knownIdentifiers: 2 / 3,
    });
    expect(measure('a + b')).toMatchObject({ identifiers: 0, knownIdentifiers: 0 });
  });
});
