import {
  ContextModelPredictor,
  NetworkPredictor,
  type Network,
  type Predictor,
} from '../completion/index.ts';
import { createContextModel } from '../context-model/index.ts';

/** A predictor of the network alone or, if it was trained with a prior, of it together with a context model of `prefix`. */
export async function predictorFor(network: Network, document: string, prefix: string): Promise<Predictor> {
  if (!network.stepper.biasScale) return new NetworkPredictor(network.stepper, network.vocabulary);
  const contextModel = await createContextModel();
  const predictor = new ContextModelPredictor(contextModel);
  predictor.join(network);
  predictor.open(document, prefix);
  await contextModel.idle;
  return predictor;
}
