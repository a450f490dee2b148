import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildEmbedded } from '../esbuild.config.mjs';
import { alphabetOf, createKernels } from '../src/context-model/wasm/kernel-exports.ts';
import { encodeMixer } from '../src/context-model/wasm/mixer-codec.ts';
import { BYTES_PER_SYMBOL, place } from '../src/context-model/wasm/wasm-text.ts';
import { createWorkspaceTable } from '../src/context-model/workspace-table.ts';
import { ROOT } from './repository.ts';

// Teaches the memory's mixer on code of several languages and writes src/context-model/wasm/initial-mixer.txt, so that
// suggestions are good from the first second: node scripts/memory-mixer.ts FOLDER:ENDING[,ENDING]... Each argument is one
// code base, in which each file is read as if it were new there. docs/architecture.md says which were taken; code that
// the product is judged by must not be among them.

/** Characters of a code base to know, and to read. */
const known = 1_500_000;
const read = 500_000;
/** Characters of the files that are read. */
const shortest = 2_000;
const longest = 40_000;

interface CodeBase {
  readonly name: string;
  readonly table: number;
  readonly files: readonly Uint16Array[];
}

await buildEmbedded();
const program = Uint8Array.from(readFileSync(join(ROOT, 'dist', 'memory.wasm')));
const kernels = await createKernels(program);
const alphabet = alphabetOf(kernels);
const mixer = kernels.createMixer();
const codeBases = process.argv.slice(2).map(codeBaseOf);
const queue = codeBases.flatMap(({ files, ...codeBase }) => {
  let left = read;
  return files
    .filter(({ length }) => length >= shortest && length <= longest && (left -= length) > -length)
    .map((symbols, order) => ({ ...codeBase, symbols, order }));
});
// A file of each in turn, more and more slowly.
queue.sort((a, b) => a.order - b.order);
const bits = new Map<string, { sum: number; places: number }>();
for (const [i, { name, table, symbols }] of queue.entries()) {
  const left = 1 - i / queue.length;
  kernels.setRates(1 / 1000, 0.0006 * left, 0.001 * left);
  const of = bits.get(name) ?? { sum: 0, places: 0 };
  of.sum += readAsNew(table, symbols);
  of.places += symbols.length;
  bits.set(name, of);
}
for (const [name, { sum, places }] of bits)
  console.log(`${name} ${(sum / places).toFixed(4)} bits a character`);
writeFileSync(
  join(ROOT, 'src', 'context-model', 'wasm', 'initial-mixer.txt'),
  `${encodeMixer(kernels, mixer)}\n`,
);

function codeBaseOf(argument: string): CodeBase {
  const colon = argument.lastIndexOf(':');
  const folder = argument.slice(0, colon);
  const endings = argument.slice(colon + 1).split(',');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !path.endsWith('.d.ts'))
    .map((path) => ({ path, order: orderOf(path) }))
    .sort((a, b) => a.order - b.order);
  const table = createWorkspaceTable(kernels, known);
  const files: Uint16Array[] = [];
  let characters = 0;
  for (const { path } of paths) {
    const symbols = alphabet.encode(readFileSync(join(folder, path), 'utf8').replace(/\r/g, ''));
    if (symbols.length > longest * 5) continue;
    if ((characters += symbols.length) > known) break;
    files.push(symbols);
    count(table, symbols, 'learn');
  }
  return { name: argument, table, files };
}

/** A number that puts paths into an order that says nothing (FNV-1a). */
function orderOf(path: string): number {
  let hash = 0x811c9dc5;
  for (const character of path) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash;
}

function count(table: number, symbols: Uint16Array, how: 'learn' | 'unlearn'): void {
  const text = place(kernels, symbols);
  kernels[how](table, text, 0, symbols.length);
  kernels.release(text);
}

/** Reads a file as if the rest of its code base alone were known. @returns bits it takes */
function readAsNew(workspace: number, symbols: Uint16Array): number {
  count(workspace, symbols, 'unlearn');
  const document = kernels.createTable(0, 0);
  const text = place(kernels, symbols);
  let bits = 0;
  for (let i = 0; i < symbols.length; i++) {
    const candidates = kernels.predict(mixer, workspace, document, text + i * BYTES_PER_SYMBOL, text);
    const row = kernels.rowOf(symbols[i]);
    const found = new Float32Array(kernels.memory.buffer, kernels.rowProbabilities(), candidates + 1);
    bits -= Math.log2(row < candidates ? found[row] : found[row] / alphabet.size);
    kernels.learnWeights(symbols[i]);
    kernels.learn(document, text, i, i + 1);
  }
  kernels.release(text);
  kernels.disposeTable(document);
  count(workspace, symbols, 'learn');
  return bits;
}
