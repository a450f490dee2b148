import type { Stepper } from './engine.ts';

/**
 * Checks the arguments of `Stepper.feed` before it changes anything.
 * @throws RangeError naming what does not fit the network.
 */
export function checkFeed(
  { specification, stateSize }: Pick<Stepper, 'specification' | 'stateSize'>,
  symbols: ArrayLike<number>,
  state: Float32Array,
  logits: Float32Array | undefined,
): void {
  const { vocabularySize } = specification;
  const logitCount = logits?.length ?? vocabularySize;
  if (state.length !== stateSize || logitCount !== vocabularySize) {
    throw new RangeError(
      `${state.length} state values and ${logitCount} logits instead of ${stateSize} and ${vocabularySize}`,
    );
  }
  for (let i = 0; i < symbols.length; i++) {
    const symbol = symbols[i];
    if (!(symbol >= 0 && symbol < vocabularySize)) {
      throw new RangeError(`symbol ${symbol} outside the vocabulary of ${vocabularySize}`);
    }
  }
}
