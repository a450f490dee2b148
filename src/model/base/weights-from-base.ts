import { initialWeights } from '../initial-weights.ts';
import type { NetworkSpecification } from '../specification.ts';
import type { Tensors } from '../tensors.ts';
import type { BaseNetwork } from './base-network.ts';

/**
 * Where the joint output layer begins: at so much of the base's logits, and of the context model's. With these the base
 * network and a context model predict best where nothing is learnt yet (docs/experiments.md).
 */
const JOINT_DECODER_SCALE = 0.25;
const PRIOR_WEIGHT = 0.85;

/** Whether a network of this specification can begin with the base's weights: all but its symbols must be alike. */
export function fitsBase(specification: NetworkSpecification, base: BaseNetwork): boolean {
  const { cell, layers, units, embedding } = base.specification;
  return (
    specification.cell === cell &&
    specification.layers === layers &&
    specification.units === units &&
    specification.embedding === embedding
  );
}

/**
 * The weights that a new network begins with: the base's, with the embedding and output rows of the symbols that both
 * know; the rows of other symbols are drawn like those of any new network.
 * @param specification fits the base
 * @param symbols [V] of the new network by id
 */
export function weightsFromBase(
  base: BaseNetwork,
  specification: NetworkSpecification,
  symbols: readonly string[],
  seed: number,
): Tensors {
  const ids = new Map(base.vocabulary.symbols.map((symbol, id) => [symbol, id]));
  const weights = new Map(initialWeights(specification, seed));
  for (const [name, values] of base.weights) {
    if (name.startsWith('rnn.')) weights.set(name, values.slice());
    else copyRows(values, weights.get(name)!, symbols, ids);
  }
  if (specification.prior) {
    for (const part of ['weight', 'bias']) {
      const alone = weights.get(`decoder.${part}`)!;
      weights.set(
        `prior.decoder.${part}`,
        alone.map((value) => value * JOINT_DECODER_SCALE),
      );
    }
    weights.set('prior.weight', Float32Array.of(PRIOR_WEIGHT));
  }
  return weights;
}

/** Copies the rows of symbols that both know; all rows have the same length. */
function copyRows(
  from: Float32Array,
  to: Float32Array,
  symbols: readonly string[],
  ids: ReadonlyMap<string, number>,
): void {
  const length = to.length / symbols.length;
  for (const [id, symbol] of symbols.entries()) {
    const known = ids.get(symbol);
    if (known !== undefined) to.set(from.subarray(known * length, (known + 1) * length), id * length);
  }
}
