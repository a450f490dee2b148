/** Of so many steps, the first BLOCK_STEPS read files that have priors, where others have none. */
export const PERIOD_STEPS = 128;
/** They are taken in a row, because with each change to another text the carried state fits less. */
export const BLOCK_STEPS = 32;
