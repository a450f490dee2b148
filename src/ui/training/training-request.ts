import { UserFacingError } from '../../common/errors.ts';
import { type SettingKey, type SettingValue, readSetting } from '../../settings.ts';
import type { TrainingRequest } from '../../training/index.ts';
import { corpusOptions } from './corpus-options.ts';

/** Steps between samples of the timeline: seconds of training each, of which a sample takes milliseconds. */
const STEPS_PER_SAMPLE = 200;

/**
 * The training that the settings ask for in this workspace.
 * @param basePath file of the base network, with which a new model begins
 */
export function trainingRequest(
  modelPath: string,
  basePath: string,
  onInvalid: (sentence: string) => void,
): TrainingRequest {
  const get = <K extends SettingKey>(key: K): SettingValue<K> => readSetting(key, onInvalid);
  const corpus = corpusOptions(onInvalid);
  if (corpus.roots.length === 0) {
    throw new UserFacingError('There is no folder on disk to learn from; open one and train again.', {
      code: 'no-folder',
    });
  }
  const embedding = get('charRnn.model.embedding');
  const steps = get('charRnn.training.steps');
  return {
    modelPath,
    corpus,
    options: {
      cell: get('charRnn.model.cell'),
      layers: get('charRnn.model.layers'),
      units: get('charRnn.model.units'),
      ...(embedding === null ? {} : { embedding }),
      dropout: get('charRnn.model.dropout'),
      maxVocabulary: get('charRnn.model.maxVocabulary'),
      batchSize: get('charRnn.training.batchSize'),
      sequenceLength: get('charRnn.training.sequenceLength'),
      epochs: get('charRnn.training.epochs'),
      ...(steps === null ? {} : { steps }),
      minutes: get('charRnn.training.minutes'),
      optimizer: get('charRnn.training.optimizer'),
      learningRate: get('charRnn.training.learningRate'),
      learningRateDecay: get('charRnn.training.learningRateDecay'),
      clipNorm: get('charRnn.training.clipNorm'),
      validationFraction: get('charRnn.training.validationFraction'),
      seed: get('charRnn.training.seed'),
      memory: true,
      sampleEvery: STEPS_PER_SAMPLE,
    },
    limits: 'further',
    engine: get('charRnn.engine'),
    threads: get('charRnn.threads'),
    resume: true,
    basePath,
  };
}
