import { initialWeights, writeModel } from '../../../../src/model/index.ts';
import type { NetworkSpecification, ResumePoint } from '../../../../src/model/index.ts';

/** A model file whose network always writes `letter`. */
export async function modelThatWrites(
  letter: 'a' | 'b',
  modelPath: string,
  steps = letter === 'a' ? 1 : 2,
  resume: ResumePoint | null = null,
): Promise<string> {
  const vocabulary = ['\uFFFD', '\u0002', 'a', 'b', '\n'];
  const specification: NetworkSpecification = {
    cell: 'lstm',
    layers: 1,
    units: 3,
    embedding: 2,
    dropout: 0,
    vocabularySize: vocabulary.length,
  };
  const weights = initialWeights(specification, 1);
  weights.get('decoder.bias')![vocabulary.indexOf(letter)] = 20;
  await writeModel(modelPath, {
    specification,
    vocabulary,
    weights,
    optimizer: null,
    state: null,
    training: {
      steps,
      epochs: 0,
      characters: 10,
      seconds: 1,
      optimizer: 'adam',
      learningRate: 0.002,
      learningRateDecay: 0.97,
      batchSize: 1,
      sequenceLength: 5,
      seed: 0,
      engine: 'wasm',
      engineReason: 'asked for',
      savedAt: '2026-01-02T03:04:05.678Z',
      losses: [],
      validations: [],
      samples: [],
      resume,
    },
  });
  return modelPath;
}
