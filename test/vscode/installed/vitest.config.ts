import { defineConfig } from 'vitest/config';
import { LIMITS } from '../../waits.ts';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    ...LIMITS,
    // One VS Code at a time.
    fileParallelism: false,
    bail: 1,
  },
});
