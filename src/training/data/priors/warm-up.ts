/** What it takes to learn a character and to predict one that is left out, in times of a training step's per character. */
const LEARNING_COST = 0.05;
const PREDICTING_COST = 0.6;
/**
 * Below so many characters' time of steps, some three seconds, the context model is waited for: small files make a small
 * training, of which the steps by itself would be a large part.
 */
const MIN_CHARACTERS = 100_000;
/** Part of an epoch that may go without priors. */
const MAX_EPOCH_PART = 1 / 2;
/** Part of a run, of its steps or its time, that may. */
export const MAX_RUN_PART = 1 / 4;

/** What has to be done before the first step with priors, in characters, and what a run consists of. */
export interface WarmUpPlan {
  /** Characters that the context model learns. */
  readonly learnt: number;
  /** Characters of the held-out files and of those that the first window reads. */
  readonly predicted: number;
  /** Characters of a step. */
  readonly stepCharacters: number;
  /** Steps of an epoch. */
  readonly epochSteps: number;
  /** Steps of the run, Infinity where they are not limited. */
  readonly runSteps: number;
}

/**
 * How many steps at the begin of a run the network learns by itself, while the context model is built on another
 * processor. It follows from the sizes alone, and not from what is ready when, so that a training gives the same
 * network each time. Measured on two processors that both have to share: a step's character takes 30 to 40 us,
 * learning one 2 us, predicting one 17 to 25 us.
 */
export function stepsWithoutPriors(plan: WarmUpPlan): number {
  const characters = LEARNING_COST * plan.learnt + PREDICTING_COST * plan.predicted;
  if (characters < MIN_CHARACTERS) return 0;
  const max = Math.min(MAX_EPOCH_PART * plan.epochSteps, MAX_RUN_PART * plan.runSteps);
  return Math.floor(Math.min(characters / plan.stepCharacters, max));
}
