import { Vocabulary } from '../../corpus/index.ts';
import { createWasmEngine, type AdaptiveOutput, type Stepper } from '../../engine/index.ts';
import { parameterCount, readModel, type Model } from '../../model/index.ts';
import type { ModelSummary } from './protocol.ts';

/** A model ready to write. */
export interface Network {
  readonly stepper: Stepper;
  /** The output layer, which goes on learning from what is typed. */
  readonly output?: AdaptiveOutput;
  readonly vocabulary: Vocabulary;
  readonly summary: ModelSummary;
}

/** @throws UserFacingError when the file is not a good model, or this machine cannot run it. */
export async function loadNetwork(modelPath: string): Promise<Network> {
  const model = await readModel(modelPath);
  const engine = await createWasmEngine();
  return {
    stepper: await engine.createStepper(model.specification, model.weights),
    output: await engine.createAdaptiveOutput(model.specification, model.weights),
    vocabulary: Vocabulary.fromSymbols(model.vocabulary),
    summary: summaryOf(model),
  };
}

function summaryOf({ specification, training }: Model): ModelSummary {
  return {
    steps: training.steps,
    // Only a training notes where to go on.
    isTrained: training.steps > 0 || training.resume === null,
    epochs: training.epochs,
    parameters: parameterCount(specification),
    vocabularySize: specification.vocabularySize,
    cell: specification.cell,
    layers: specification.layers,
    units: specification.units,
    bitsPerCharacter: training.validations.at(-1)?.bitsPerCharacter ?? null,
    savedAt: training.savedAt,
  };
}
