import { CONTEXT } from './wasm/context-numbers.ts';
import type { Kernels } from './wasm/kernel-exports.ts';

/**
 * Shards of tables, as powers of two. A table knows a context by 28 bits of its hash besides: beside nine million
 * others, one that is new is taken for one of them once in 120,000 times. What both count together depends on the order
 * of learning, so a symbol may stay counted there when its text is unlearnt.
 */
const WORKSPACE_SHARD_BITS = 12;
const DOCUMENT_SHARD_BITS = 8;

/**
 * Contexts that are left out of a workspace's table, by the characters that are expected: those that cost most memory
 * for what they say. An entry takes 7 to 8 bytes; each context has 0.7 to 3 entries per character of the workspace.
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
    WORKSPACE_SHARD_BITS,
    skipped.reduce((bits, context) => bits | (1 << context), 0),
  );
}

/** A table for an open document, or a file that is read as one. */
export function createDocumentTable(kernels: Kernels): number {
  return kernels.createTable(DOCUMENT_SHARD_BITS, 0);
}
