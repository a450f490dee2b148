import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    // The session has its own end; this is for what hangs.
    testTimeout: 3_600_000 * 6,
    hookTimeout: 300_000,
    fileParallelism: false,
    bail: 0,
  },
});
