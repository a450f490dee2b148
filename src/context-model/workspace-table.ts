import type { Kernels } from './wasm/kernel-exports.ts';

/** Shards of the workspace's table, as a power of two. */
const SHARD_BITS = 6;

/**
 * Contexts of kernels/contexts.ts that are left out of a workspace's table, by what is expected of the workspace:
 * those that cost most memory for what they say. A context of its own takes 10 bytes, a character has 0.7 to 3 of them.
 */
const levels: readonly { readonly most: number; readonly skipped: readonly number[] }[] = [
  { most: 4_000_000, skipped: [8, 12] },
  { most: 8_000_000, skipped: [7, 8, 11, 12] },
  { most: Infinity, skipped: [6, 7, 8, 10, 11, 12, 13] },
];

export function createWorkspaceTable(kernels: Kernels, expectedCharacters: number): number {
  const { skipped } = levels.find(({ most }) => expectedCharacters <= most)!;
  return kernels.createTable(
    SHARD_BITS,
    skipped.reduce((bits, context) => bits | (1 << context), 0),
  );
}
