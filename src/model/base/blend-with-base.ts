import type { Model } from '../file/layout.ts';
import type { NetworkSpecification } from '../specification.ts';
import type { Tensors } from '../tensors.ts';
import type { BaseNetwork } from './base-network.ts';
import { fitsBase, weightsFromBase } from './weights-from-base.ts';

/** Part of the weights that are the base's. */
const BASE_SHARE = 0.5;

/**
 * The network that suggests where a model was begun with the base network: its alone layer, with weights between the
 * model's and the base's. It knows the workspace's files as the model does, and has unlearnt less of what the base knows
 * of other code (Wortsman et al., Robust fine-tuning of zero-shot models, 2022).
 * @returns undefined for a model that was not begun with this base.
 */
export function blendWithBase(
  { specification: trained, vocabulary, weights, training }: Model,
  base: BaseNetwork,
): { readonly specification: NetworkSpecification; readonly weights: Tensors } | undefined {
  if (training.resume?.isFromBase !== true || !fitsBase(trained, base)) return undefined;
  const specification = { ...base.specification, vocabularySize: trained.vocabularySize };
  const begun = weightsFromBase(base, specification, vocabulary, training.seed);
  const blended = new Map<string, Float32Array>();
  for (const [name, from] of begun) {
    const own = weights.get(name)!;
    blended.set(
      name,
      from.map((value, i) => BASE_SHARE * value + (1 - BASE_SHARE) * own[i]),
    );
  }
  return { specification, weights: blended };
}
