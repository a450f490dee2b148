import { resolve } from 'node:path';
import { ContextModelPredictor, NetworkPredictor, type Predictor } from '../completion/index.ts';
import { Vocabulary } from '../corpus/index.ts';
import { createWasmEngine } from '../engine/index.ts';
import type { AdaptiveOutput, Stepper } from '../engine/index.ts';
import { createContextModel } from '../context-model/index.ts';
import { readModel } from '../model/index.ts';

interface OpenNetwork {
  readonly stepper: Stepper;
  /** The joint output layer of a network with a prior, otherwise its only one. */
  readonly output: AdaptiveOutput;
  readonly vocabulary: Vocabulary;
}

/** Opens a model file for sampling and completion. */
export async function openStepper(path: string): Promise<OpenNetwork> {
  const model = await readModel(resolve(path));
  const engine = await createWasmEngine();
  return {
    stepper: await engine.createStepper(model.specification, model.weights),
    output: await engine.createAdaptiveOutput(model.specification, model.weights),
    vocabulary: Vocabulary.fromSymbols(model.vocabulary),
  };
}

/** A predictor of the network alone or, if it was trained with a prior, of it together with a context model of `prefix`. */
export async function predictorFor(
  network: OpenNetwork,
  document: string,
  prefix: string,
): Promise<Predictor> {
  if (!network.stepper.biasScale) return new NetworkPredictor(network.stepper, network.vocabulary);
  const contextModel = await createContextModel();
  const predictor = new ContextModelPredictor(contextModel);
  predictor.join(network);
  predictor.open(document, prefix);
  await contextModel.idle;
  return predictor;
}
