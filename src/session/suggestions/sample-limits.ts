/** Temperature of samples where that of suggestions is 0, at which a sample soon repeats itself. */
export const SAMPLE_TEMPERATURE = 0.5;
/** At higher ones hardly a word is right. */
export const MAX_TEMPERATURE = 2;
/** Characters of a sample where nobody says how many. */
export const SAMPLE_LENGTH = 500;
export const MAX_SAMPLE_LENGTH = 100_000;
/** UTF-16 units at the end of a prime that are read before writing on; reading takes a fraction of a second. */
export const MAX_PRIME_LENGTH = 10_000;
