import { CONTEXT } from './wasm/context-numbers.ts';
import type { Kernels } from './wasm/kernel-exports.ts';

/** Shards of the workspace's table, as a power of two. */
const SHARD_BITS = 6;

/**
 * Contexts that are left out of a workspace's table, by the characters that are expected: those that cost most memory
 * for what they say. An entry takes 10 bytes; each context has 0.7 to 3 entries per character of the workspace.
 */
const LEVELS: readonly { readonly maxCharacters: number; readonly skipped: readonly number[] }[] = [
  {
    maxCharacters: 4_000_000,
    skipped: [CONTEXT.ORDER_8, CONTEXT.ORDER_16, CONTEXT.WORD_BIGRAM, CONTEXT.WORD_TRIGRAM],
  },
  {
    maxCharacters: 8_000_000,
    skipped: [
      CONTEXT.ORDER_8,
      CONTEXT.ORDER_11,
      CONTEXT.ORDER_16,
      CONTEXT.WORD_BIGRAM,
      CONTEXT.WORD_TRIGRAM,
      CONTEXT.FIRST_WORD,
      CONTEXT.SKIPPED_WORD,
    ],
  },
  {
    maxCharacters: Infinity,
    skipped: [
      CONTEXT.ORDER_8,
      CONTEXT.ORDER_11,
      CONTEXT.ORDER_16,
      CONTEXT.WORD_BIGRAM_SKIPPING,
      CONTEXT.WORD_BIGRAM,
      CONTEXT.WORD_TRIGRAM,
      CONTEXT.LINE,
      CONTEXT.FIRST_WORD,
      CONTEXT.SKIPPED_WORD,
      CONTEXT.SHAPE,
      CONTEXT.BLANK_SHAPE,
    ],
  },
];

/** A table for the files of a workspace. */
export function createWorkspaceTable(kernels: Kernels, expectedCharacters: number): number {
  const { skipped } = LEVELS.find(({ maxCharacters }) => expectedCharacters <= maxCharacters)!;
  return kernels.createTable(
    SHARD_BITS,
    skipped.reduce((bits, context) => bits | (1 << context), 0),
  );
}
