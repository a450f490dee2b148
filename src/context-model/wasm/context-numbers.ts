/** Numbers of contexts, by the names that the kernels export them by. */
export const CONTEXT = {
  ORDER_8: 6,
  ORDER_11: 7,
  ORDER_16: 8,
  WORD_BIGRAM_SKIPPING: 10,
  WORD_BIGRAM: 11,
  WORD_TRIGRAM: 12,
  LINE: 13,
  FIRST_WORD: 16,
  SKIPPED_WORD: 17,
  SHAPE: 18,
  BLANK_SHAPE: 19,
};
