import type { NetworkSpecification } from '../../../model/index.ts';
import type { TensorId } from '../runtime/binding.ts';
import type { Operations } from '../operations/operations.ts';
import type { ParameterLayout } from './parameter-layout.ts';
import type { LogitBiasParameters } from './logit-bias.ts';

/** A layer's weights; I is E, V or H. */
export interface LayerWeights {
  /** [I, GH]. */
  readonly input: TensorId;
  /** What inputs meet: `input`, or [V, GH] where the embedding is folded in. */
  readonly rows: TensorId;
  /** [H, GH]. */
  readonly recurrent: TensorId;
  /** [GH]. */
  readonly biasInput: TensorId;
  readonly biasRecurrent: TensorId;
}

/** The parameters in use during one call. */
export interface Parameters {
  readonly embedding: TensorId | undefined;
  /** Whether layer 0 takes symbols one-hot: its input weights are then a table with a row for each symbol. */
  readonly oneHot: boolean;
  readonly layers: readonly LayerWeights[];
  /** [V, H]. */
  readonly decoder: TensorId;
  /** [V]. */
  readonly decoderBias: TensorId;
  /** Undefined without a prior. */
  readonly logitBias: LogitBiasParameters | undefined;
}

/** Cuts the vector [N] of all parameters up. */
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
    decoder: get('decoder.weight'),
    decoderBias: get('decoder.bias'),
    logitBias: specification.prior ? { weight: get('prior.weight'), gate: get('prior.gate') } : undefined,
  };
}

/** With few symbols their rows of embedding · weights, picked one-hot, cost less than the embedding's values do. */
function foldsEmbedding({ vocabularySize, embedding }: NetworkSpecification): boolean {
  return vocabularySize < embedding;
}
