import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fnvOf } from '../../src/common/fnv.ts';
import type { Alphabet } from '../../src/context-model/wasm/alphabet.ts';
import type { Kernels } from '../../src/context-model/wasm/kernel-exports.ts';
import { copyToWasm } from '../../src/context-model/wasm/wasm-text.ts';
import { createDocumentTable, createWorkspaceTable } from '../../src/context-model/tables.ts';

/** Characters of a code base that are learnt. */
const LEARNT_CHARACTERS = 900_000;
/** Characters of the files that are read. */
const MIN_READ = 2_000;
const MAX_READ = 40_000;
/** Longer files are not learnt. */
const MAX_LEARNT = MAX_READ * 5;

/** A code base that is learnt, in which files are read as if only the rest of it were known. */
export interface CodeBase {
  readonly table: number;
  /** Symbols of its files, in an order drawn by their paths. */
  readonly files: readonly Uint16Array[];
}

/** A file to read, and how much of the files to read of its code base comes before it, 0 to 1. */
export interface Read {
  readonly table: number;
  readonly symbols: Uint16Array;
  readonly share: number;
}

/** @param argument FOLDER:ENDING[,ENDING]... */
export function learnCodeBase(kernels: Kernels, alphabet: Alphabet, argument: string): CodeBase {
  const colon = argument.lastIndexOf(':');
  const folder = argument.slice(0, colon);
  const endings = argument.slice(colon + 1).split(',');
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.endsWith('.d.ts'))
    .map((path) => ({ path, order: fnvOf(path) }))
    .sort((a, b) => a.order - b.order);
  const table = createWorkspaceTable(kernels, LEARNT_CHARACTERS);
  const files: Uint16Array[] = [];
  let characters = 0;
  for (const { path } of paths) {
    const symbols = alphabet.encode(readFileSync(join(folder, path), 'utf8').replace(/\r/g, ''));
    if (symbols.length > MAX_LEARNT) continue;
    if ((characters += symbols.length) > LEARNT_CHARACTERS) break;
    files.push(symbols);
    count(kernels, table, symbols, 'learn');
  }
  return { table, files };
}

/** Files of a middling length, `characters` or a little more in all, from the first of `files` on. */
export function filesToRead({ table }: CodeBase, files: readonly Uint16Array[], characters: number): Read[] {
  let left = characters;
  return files
    .filter(({ length }) => length >= MIN_READ && length <= MAX_READ && (left -= length) > -length)
    .map((symbols, i, { length }) => ({ table, symbols, share: (i + 0.5) / length }));
}

/**
 * Calls `read` with a file while its code base does not know it.
 * @param read is given an empty table of a document, and the address of the symbols
 */
export function asNew(
  kernels: Kernels,
  { table, symbols }: Read,
  read: (document: number, text: number) => void,
): void {
  count(kernels, table, symbols, 'unlearn');
  const document = createDocumentTable(kernels);
  const text = copyToWasm(kernels, symbols);
  read(document, text);
  kernels.release(text);
  kernels.disposeTable(document);
  count(kernels, table, symbols, 'learn');
}

function count(kernels: Kernels, table: number, symbols: Uint16Array, how: 'learn' | 'unlearn'): void {
  const text = copyToWasm(kernels, symbols);
  kernels[how](table, text, 0, symbols.length, kernels.FILE_START.value);
  kernels.release(text);
}
