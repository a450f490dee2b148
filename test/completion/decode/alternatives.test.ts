import { describe, expect, it } from 'vitest';
import { NetworkPredictor } from '../../../src/completion/predict/network-predictor.ts';
import { Suggester } from '../../../src/completion/decode/suggest.ts';
import { NgramStepper, vocabularyOf } from '../ngram-stepper.ts';

const learnt =
  'let x = alpha;\n'.repeat(4) +
  'let x = beta;\n'.repeat(3) +
  'let x = gamma;\n'.repeat(2) +
  'let x = delta;\n';

function suggest(explicit: boolean, text = 'let x = ', known = learnt) {
  const vocabulary = vocabularyOf(known);
  const suggester = new Suggester(new NetworkPredictor(new NgramStepper(vocabulary, known), vocabulary));
  return suggester.suggest({
    document: 'a',
    prefix: text,
    atFileStart: true,
    suffix: '\nend\n',
    indentation: { insertSpaces: true, tabSize: 4 },
    temperature: 0,
    seed: 0,
    maxLength: 12,
    eagerness: 'balanced',
    explicit,
  });
}

describe('asked by hand', () => {
  it('there are up to two alternatives, the likeliest first', () => {
    const suggestion = suggest(true)!;
    const first = (text: string) => text.slice(0, 4);
    expect([suggestion.text, ...suggestion.alternatives].map(first)).toEqual(['alph', 'beta', 'gamm']);
  });

  it('none where there is one way to go on', () => {
    expect(suggest(true, 'let x = alp')?.alternatives).toEqual([]);
  });

  it('none differs from another in white space or punctuation alone', () => {
    const spaced = 'f(a, b);\n'.repeat(4) + 'f(a,b);\n'.repeat(3) + 'f(c);\n'.repeat(2);
    const { text, alternatives } = suggest(true, 'f(', spaced)!;
    expect([text, ...alternatives].map((each) => each.slice(0, 2))).toEqual(['a,', 'c)']);
  });

  it('none is the beginning of another', () => {
    const { text, alternatives } = suggest(true)!;
    const texts = [text, ...alternatives];
    for (const one of texts) {
      expect(texts.filter((other) => other.startsWith(one))).toEqual([one]);
    }
  });

  it('lower confidence is enough', () => expect(suggest(false)).toBeUndefined());
});
