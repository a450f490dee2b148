import type { NetworkSpecification } from '../../../model/index.ts';
import type { TensorId } from '../runtime/binding.ts';
import type { Operations } from '../operations/operations.ts';
import type { ParameterLayout } from './parameter-layout.ts';
import type { LogitBiasParameters } from './logit-bias.ts';

/** A layer's weights; I is E, V or H. */
export interface LayerWeights {
  /** [I, GH]. */
  readonly input: TensorId;
  /** What inputs are multiplied by: `input`, or [V, GH] with the embedding folded in. */
  readonly rows: TensorId;
  /** [H, GH]. */
  readonly recurrent: TensorId;
  /** [GH]. */
  readonly biasInput: TensorId;
  readonly biasRecurrent: TensorId;
}

/** One output layer: logits = W h + b. */
export interface OutputLayer {
  /** W [V, H]. */
  readonly weight: TensorId;
  /** b [V]. */
  readonly bias: TensorId;
}

/** What predicts together with a prior. */
export interface JointOutput {
  readonly decoder: OutputLayer;
  readonly logitBias: LogitBiasParameters;
}

/** The parameters in use during one call. */
export interface Parameters {
  readonly embedding: TensorId | undefined;
  /** Whether layer 0 picks rows of a table [V, GH] by symbol instead of multiplying embeddings. */
  readonly oneHot: boolean;
  readonly layers: readonly LayerWeights[];
  readonly decoder: OutputLayer;
  /** Undefined for networks without a prior. */
  readonly joint: JointOutput | undefined;
}

/** The parameters as views of the vector [N] that holds all of them. */
export function parametersFrom(
  operations: Operations,
  specification: NetworkSpecification,
  layout: ParameterLayout,
  vector: TensorId,
): Parameters {
  const parts = new Map<string, TensorId>();
  operations.split(vector, layout.sizes).forEach((part, i) => {
    parts.set(layout.names[i], operations.reshape(part, layout.shapes[i]));
  });
  const get = (name: string): TensorId => {
    const part = parts.get(name);
    if (part === undefined) throw new Error(`no parameter ${name}`);
    return part;
  };
  const outputLayer = (name: string): OutputLayer => ({
    weight: get(`${name}.weight`),
    bias: get(`${name}.bias`),
  });
  const embedding = parts.get('embedding.weight');
  const oneHot = embedding === undefined || foldsEmbedding(specification);
  const layers = Array.from({ length: specification.layers }, (_, l): LayerWeights => {
    const input = get(`rnn.weight_ih_l${l}`);
    const folded = l === 0 && embedding !== undefined && oneHot;
    return {
      input,
      rows: folded ? operations.product(embedding, input) : input,
      recurrent: get(`rnn.weight_hh_l${l}`),
      biasInput: get(`rnn.bias_ih_l${l}`),
      biasRecurrent: get(`rnn.bias_hh_l${l}`),
    };
  });
  return {
    embedding,
    oneHot,
    layers,
    decoder: outputLayer('decoder'),
    joint: specification.prior
      ? {
          decoder: outputLayer('prior.decoder'),
          logitBias: { weight: get('prior.weight'), gate: get('prior.gate') },
        }
      : undefined,
  };
}

/** Whether embedding · weights [V, GH] is computed once per window: cheaper when there are fewer symbols than values. */
function foldsEmbedding({ vocabularySize, embedding }: NetworkSpecification): boolean {
  return vocabularySize < embedding;
}
