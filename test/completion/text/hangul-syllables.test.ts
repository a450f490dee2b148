import { describe, expect, it } from 'vitest';
import { ContextModelPredictor } from '../../../src/completion/predict/context-model-predictor.ts';
import { NetworkPredictor } from '../../../src/completion/predict/network-predictor.ts';
import { Suggester, type SuggestionRequest } from '../../../src/completion/decode/suggest.ts';
import { wholeSyllables } from '../../../src/completion/text/hangul-syllables.ts';
import { Vocabulary } from '../../../src/corpus/index.ts';
import { createContextModel } from '../../../src/context-model/index.ts';
import { NgramStepper } from '../ngram-stepper.ts';

const text = '나라의 말이 중국과 달라 한자와는 서로 통하지 아니하여서\n';
const vocabulary = Vocabulary.fromTexts([text], undefined, true);

function requestAt(prefix: string, changes: Partial<SuggestionRequest> = {}): SuggestionRequest {
  return {
    document: 'a.txt',
    prefix,
    atFileStart: true,
    suffix: '',
    indentation: { insertSpaces: true, tabSize: 4 },
    temperature: 0,
    seed: 0,
    maxLength: 80,
    eagerness: 'eager',
    explicit: true,
    ...changes,
  };
}

describe('a network that writes Hangul in jamo', () => {
  it('suggests syllables', () => {
    const suggester = new Suggester(new NetworkPredictor(new NgramStepper(vocabulary, text), vocabulary));
    const suggestion = suggester.suggest(requestAt('나라의 말이 중국과 '));
    expect(suggestion?.text).toBe('달라 한자와는 서로 통하지 아니하여서');
  });

  it('never suggests half a syllable, wherever it ends', () => {
    const suggester = new Suggester(new NetworkPredictor(new NgramStepper(vocabulary, text), vocabulary));
    for (let maxLength = 1; maxLength < 40; maxLength++) {
      const shown = suggester.suggest(requestAt('나라의 말이 중국과 ', { maxLength }))?.text ?? '';
      expect(shown).toMatch(/^[\uac00-\ud7a3 ]*$/);
    }
  });

  it('has no say beside a memory', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('b.txt', text.repeat(9));
    const stepper = new NgramStepper(vocabulary, text);
    const predictor = new ContextModelPredictor(memory);
    const expected = new Suggester(predictor).suggest(requestAt('나라의 말이 중'))?.text;
    predictor.join({ stepper, vocabulary });
    expect(new Suggester(predictor).suggest(requestAt('나라의 말이 중'))?.text).toBe(expected);
    expect(expected).toMatch(/^국과 /);
    expect(stepper.fed).toBe(0);
    memory.dispose();
  });
});

describe('jamo as they are shown', () => {
  for (const { name, jamo, want } of [
    { name: 'make syllables', jamo: '한글 a'.normalize('NFD'), want: '한글 a' },
    { name: 'break off before half a syllable', jamo: '한\u1100', want: '한' },
    { name: 'are nothing where they go on with a syllable', jamo: '\u11ab 글', want: '' },
    { name: 'may be missing', jamo: 'return x;', want: 'return x;' },
  ]) {
    it(name, () => expect(wholeSyllables(jamo)).toBe(want));
  }
});
