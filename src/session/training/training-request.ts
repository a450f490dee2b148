import { UserFacingError } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';
import type { CorpusOptions } from '../../corpus/index.ts';
import type { TrainingRequest } from '../../training/index.ts';
import type { GetSetting } from '../settings/checked-settings.ts';

/** Steps between samples of the timeline: seconds of training each, of which a sample takes milliseconds. */
const STEPS_PER_SAMPLE = 200;

/** The files that a training writes and begins with. */
export interface TrainingFiles {
  readonly modelPath: string;
  /** File of the base network, with which a new model begins; left out: it begins with random weights. */
  readonly basePath?: string;
}

/**
 * The training that the settings ask for in this workspace.
 * @throws UserFacingError where no folder is open.
 */
export function trainingRequest(
  { modelPath, basePath }: TrainingFiles,
  corpus: CorpusOptions,
  get: GetSetting,
): TrainingRequest {
  if (corpus.roots.length === 0) {
    throw new UserFacingError(message`There is no folder on disk to learn from; open one and train again.`, {
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
    ...(basePath !== undefined && { basePath }),
  };
}
