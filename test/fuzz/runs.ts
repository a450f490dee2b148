/** Runs of each target; `npm run fuzz` makes many. */
export const RUNS = Number(process.env['CHAR_RNN_FUZZ_RUNS'] ?? 200);
/** A failing run is repeated by the seed that its message gives. */
export const SEED = Number(process.env['CHAR_RNN_FUZZ_SEED'] ?? 1);
