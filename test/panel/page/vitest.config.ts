import { defineConfig } from 'vitest/config';
import { LIMITS } from '../../waits.ts';

/** The page of the training panel, as built, in a browser. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    ...LIMITS,
    fileParallelism: false,
  },
});
