/** The last part of a run, over which the rate falls. */
const FALL_PART = 0.4;
const MIN_FACTOR = 0.05;

/**
 * What the learning rate is multiplied by when `part` of a run is done, 0 to 1: 1, then falling on a straight line to
 * 0.05, so that the weights come to rest near the bottom that they jumped about ("linear decay", Defazio and others,
 * 2023, https://arxiv.org/abs/2310.07831).
 */
export function rateFactor(part: number): number {
  return Math.max(MIN_FACTOR, Math.min(1, (1 - part) / FALL_PART));
}
