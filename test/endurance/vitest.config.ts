import { defineConfig } from 'vitest/config';
import { LIMITS } from '../waits.ts';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    ...LIMITS,
    // The session has its own end; this is for what hangs.
    testTimeout: 3_600_000 * 6,
    fileParallelism: false,
    bail: 0,
  },
});
