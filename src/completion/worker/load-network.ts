import { MIXING_WEIGHTS } from '../../context-model/index.ts';
import { Vocabulary } from '../../corpus/index.ts';
import { createWasmEngine, type AdaptiveOutput, type Stepper } from '../../engine/index.ts';
import {
  blendWithBase,
  parameterCount,
  readBaseNetwork,
  readModel,
  type Model,
  type NetworkSpecification,
} from '../../model/index.ts';
import type { ModelSummary } from './protocol.ts';

/** A model ready to write. */
export interface Network {
  readonly stepper: Stepper;
  /** The output layer, which goes on learning from what is typed. */
  readonly output?: AdaptiveOutput;
  readonly vocabulary: Vocabulary;
  readonly mixingWeights?: Float32Array;
  readonly summary: ModelSummary;
}

/**
 * @param basePath the base network; one that began with it is mixed in as the base is. Left out: as it was trained.
 * @throws UserFacingError when the file is not a good model, or this machine cannot run it.
 */
export async function loadNetwork(modelPath: string, basePath?: string): Promise<Network> {
  const model = await readModel(modelPath);
  const isFromBase = basePath !== undefined && model.training.resume?.isFromBase === true;
  const base = isFromBase ? await readBaseNetwork(basePath, MIXING_WEIGHTS) : undefined;
  const blended = base && blendWithBase(model, base);
  return {
    ...(await ready(blended ?? model)),
    vocabulary: Vocabulary.fromSymbols(model.vocabulary),
    ...(blended && { mixingWeights: base.mixingWeights }),
    summary: summaryOf(model),
  };
}

/**
 * The base network, which suggests where nothing was trained yet.
 * @throws UserFacingError when the file is not a base network, or this machine cannot run it.
 */
export async function loadBaseNetwork(path: string): Promise<Network> {
  const base = await readBaseNetwork(path, MIXING_WEIGHTS);
  return {
    ...(await ready(base)),
    vocabulary: base.vocabulary,
    mixingWeights: base.mixingWeights,
    summary: { ...shapeOf(base.specification), ...NOTHING_TRAINED, isTrained: true, isBase: true },
  };
}

const NOTHING_TRAINED = { steps: 0, epochs: 0, bitsPerCharacter: null, savedAt: '' };

async function ready({
  specification,
  weights,
}: Pick<Model, 'specification' | 'weights'>): Promise<Pick<Network, 'stepper' | 'output'>> {
  const engine = await createWasmEngine();
  return {
    stepper: await engine.createStepper(specification, weights),
    output: await engine.createAdaptiveOutput(specification, weights),
  };
}

function summaryOf({ specification, training }: Model): ModelSummary {
  return {
    ...shapeOf(specification),
    steps: training.steps,
    // Only a training notes where to go on.
    isTrained: training.steps > 0 || training.resume === null,
    epochs: training.epochs,
    bitsPerCharacter: training.validations.at(-1)?.bitsPerCharacter ?? null,
    savedAt: training.savedAt,
  };
}

function shapeOf(
  specification: NetworkSpecification,
): Pick<ModelSummary, 'parameters' | 'vocabularySize' | 'cell' | 'layers' | 'units'> {
  const { vocabularySize, cell, layers, units } = specification;
  return { parameters: parameterCount(specification), vocabularySize, cell, layers, units };
}
