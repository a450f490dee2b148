import { describe, expect, it } from 'vitest';
import { ContextModelPredictor } from '../../../src/completion/predict/context-model-predictor.ts';
import { createContextModel } from '../../../src/context-model/index.ts';
import { samplePredictions } from '../../../src/sampling/index.ts';
import { NgramStepper, vocabularyOf } from '../ngram-stepper.ts';

const source = 'const drift = excess(port);\nlet kappa = drift + 1;\n';
const vocabulary = vocabularyOf(source);

async function predictorKnowing(text: string): Promise<ContextModelPredictor> {
  const memory = await createContextModel();
  memory.learnFileNow('/w/known.ts', text);
  return new ContextModelPredictor(memory);
}

function written(predictor: ContextModelPredictor, prime: string, length: number): string {
  const text = predictor.write(prime);
  const sample = [...samplePredictions(text, { prime, length, temperature: 0, seed: 0 })].join('');
  text.dispose();
  return sample;
}

const suggestionAt = (predictor: ContextModelPredictor, prefix: string) => {
  const { count, codePoints, logProbabilities } = predictor
    .read({ document: '/w/a.ts', prefix, atFileStart: true }, () => false)!
    .continuation()
    .predict();
  return [[...codePoints.subarray(0, count)], [...logProbabilities.subarray(0, count)]];
};

describe('ContextModelPredictor.write', () => {
  it('writes on by what is known of the workspace', async () => {
    const predictor = await predictorKnowing(source.repeat(3));
    expect(written(predictor, 'let kappa = dr', 9)).toBe('ift + 1;\n');
  });

  it('knows the prime, but does not learn from what it writes', async () => {
    const predictor = await predictorKnowing(source);
    predictor.join({ stepper: new NgramStepper(vocabulary, source, 0), vocabulary });
    expect(written(predictor, 'omega(9, 9);\nomega(9', 6)).toBe(', 9);\n');
    const before = suggestionAt(predictor, 'const dr');
    const text = predictor.write('');
    for (const character of 'const dryness = 1;\n'.repeat(50)) text.advance(character.codePointAt(0)!);
    expect(suggestionAt(predictor, 'const dr')).toEqual(before);
    text.dispose();
    expect(suggestionAt(predictor, 'const dr')).toEqual(before);
  });

  it('begins a file where there is no prime', async () => {
    const predictor = await predictorKnowing(source);
    expect(written(predictor, '', 12)).toBe('const drift ');
  });

  it('goes on while suggestions are asked for in between', async () => {
    const predictor = await predictorKnowing(source.repeat(3));
    const text = predictor.write('let kappa = dr');
    let sample = '';
    for (const piece of samplePredictions(text, { prime: '', length: 9, temperature: 0, seed: 0 })) {
      sample += piece;
      suggestionAt(predictor, 'const dr');
    }
    expect(sample).toBe('ift + 1;\n');
    text.dispose();
  });
});
