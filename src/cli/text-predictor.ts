import {
  ContextModelPredictor,
  loadNetwork,
  NetworkPredictor,
  type Network,
  type Predictor,
} from '../completion/index.ts';
import { createContextModel } from '../context-model/index.ts';
import { BASE_NETWORK } from './programs.ts';

/**
 * The network of a model file as the editor suggests with it: of one that began with the base network, the mean of both.
 * @throws UserFacingError when the file is not a good model, or this machine cannot run it.
 */
export function loadAsInEditor(modelPath: string): Promise<Network> {
  return loadNetwork(modelPath, BASE_NETWORK);
}

/**
 * A predictor of the network alone or, if it was trained with a prior or began with the base network, of it together
 * with a context model of `prefix`.
 */
export async function predictorFor(network: Network, document: string, prefix: string): Promise<Predictor> {
  const isJoined = network.stepper.biasScale !== undefined || network.mixingWeights !== undefined;
  if (!isJoined) return new NetworkPredictor(network.stepper, network.vocabulary);
  const contextModel = await createContextModel();
  const predictor = new ContextModelPredictor(contextModel);
  predictor.join(network);
  predictor.open(document, prefix);
  await contextModel.idle;
  return predictor;
}
