import fc from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { Vocabulary } from '../../src/corpus/index.ts';
import type { Stepper } from '../../src/engine/index.ts';
import { RandomGenerator } from '../../src/model/index.ts';
import { sample } from '../../src/sampling/index.ts';

const text = '값없는 몫도 훑고, 뚫린 창으로 빛이 든다.\n옛말 하나 둘 셋 e\u0301 abc ᄒᆞᆫ글';
const vocabulary = Vocabulary.fromTexts([text], undefined, true);

/** A network that has learnt nothing: any symbol may come, wherever that leads. */
function wildStepper(seed: number): Stepper {
  const random = new RandomGenerator(seed);
  return {
    specification: {
      ...{ cell: 'lstm', layers: 1, units: 1, embedding: 1, dropout: 0 },
      vocabularySize: vocabulary.size,
    },
    stateSize: 1,
    feed: (_symbols, _state, logits) => {
      logits?.set(Array.from(logits, () => 3 * random.nextNormal()));
    },
    dispose: () => undefined,
  };
}

describe('Hangul in jamo', () => {
  it('is a small vocabulary that reads and shows syllables', () => {
    expect(vocabulary.decomposesHangul).toBe(true);
    expect(vocabulary.symbols.filter((symbol) => /[\uac00-\ud7a3]/.test(symbol))).toEqual([]);
    const ids = vocabulary.encode('값도');
    expect(Array.from(ids, (id) => vocabulary.symbols[id])).toEqual(['ᄀ', 'ᅡ', 'ᆹ', 'ᄃ', 'ᅩ']);
    expect(vocabulary.decode(ids)).toBe('값도');
    expect(Vocabulary.fromSymbols(vocabulary.symbols).decomposesHangul).toBe(true);
  });

  it('is written in whole syllables, whatever the network wants, and exactly as many characters', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom(0, 0.7, 2),
        (seed, length, temperature) => {
          const pieces = [
            ...sample(wildStepper(seed), vocabulary, { prime: '가', length, temperature, seed }),
          ];
          const written = pieces.join('');
          expect([...written].length).toBe(length);
          for (const piece of pieces) expect(piece).not.toMatch(/[\u1100-\u11ff]/);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });

  it('uses every kind of syllable', () => {
    const options = { prime: '', length: 3000, temperature: 1, seed: 0 };
    const written = [...sample(wildStepper(0), vocabulary, options)].join('');
    const hasEnd = (syllable: string): boolean => (syllable.charCodeAt(0) - 0xac00) % 28 > 0;
    const syllables = written.match(/[\uac00-\ud7a3]/g) ?? [];
    expect(syllables.length).toBeGreaterThan(300);
    expect(syllables.some(hasEnd) && !syllables.every(hasEnd)).toBe(true);
  });

  it('begins with a new character behind a prime, which may not be changed any more', () => {
    for (let seed = 0; seed < 40; seed++) {
      const [first] = sample(wildStepper(seed), vocabulary, { prime: '가', length: 1, temperature: 1, seed });
      expect(('가' + first).normalize('NFC')).toBe('가' + first);
    }
  });
});

describe('Hangul in syllables', () => {
  it('stays as it is where it is not decomposed', () => {
    const whole = Vocabulary.fromTexts([text]);
    expect(whole.decomposesHangul).toBe(false);
    expect(whole.decode(whole.encode('값없는 몫'))).toBe('값없는 몫');
  });
});
