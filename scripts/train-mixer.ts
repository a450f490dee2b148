import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildEmbedded } from '../esbuild.config.mjs';
import { alphabetOf, createKernels } from '../src/context-model/wasm/kernel-exports.ts';
import { encodeMixer } from '../src/context-model/wasm/mixer-codec.ts';
import { BYTES_PER_SYMBOL, copyToWasm } from '../src/context-model/wasm/wasm-text.ts';
import { createWorkspaceTable } from '../src/context-model/workspace-table.ts';
import { ROOT } from './repository.ts';

// Trains the context model's mixer on code of several languages and writes src/context-model/wasm/initial-mixer.txt, so
// that suggestions are good from the first second: node scripts/train-mixer.ts FOLDER:ENDING[,ENDING]... Each argument
// is one code base, in which each file is read as if it were new there. docs/architecture.md says which were taken; code
// that the product is judged by must not be among them.

/** Characters of a code base to learn, and to read. */
const LEARNT_CHARACTERS = 1_500_000;
const READ_CHARACTERS = 350_000;
/** How often they are read. */
const PASSES = 2;
/** Characters of the files that are read. */
const MIN_READ = 2_000;
const MAX_READ = 40_000;
/** Longer files are not learnt. */
const MAX_LEARNT = MAX_READ * 5;

interface CodeBase {
  readonly name: string;
  readonly table: number;
  readonly files: readonly Uint16Array[];
}

await buildEmbedded();
const program = Uint8Array.from(readFileSync(join(ROOT, 'dist', 'context-model.wasm')));
const kernels = await createKernels(program);
const FILE_START = kernels.FILE_START.value;
const alphabet = alphabetOf(kernels);
const MIXER = kernels.createMixer();
const codeBases = process.argv.slice(2).map(readCodeBase);
const queue = codeBases.flatMap(({ files, ...codeBase }) => {
  let left = READ_CHARACTERS;
  return files
    .filter(({ length }) => length >= MIN_READ && length <= MAX_READ && (left -= length) > -length)
    .map((symbols, order) => ({ ...codeBase, symbols, order }));
});
// One file of each code base in turn, at falling rates.
queue.sort((a, b) => a.order - b.order);
const totals = new Map<string, { bits: number; positions: number }>();
const steps = Array.from({ length: PASSES }, () => queue).flat();
for (const [i, { name, table, symbols }] of steps.entries()) {
  const left = 1 - i / steps.length;
  kernels.setRates(1 / 1000, 0.0006 * left, 0.001 * left);
  kernels.setRescoringRates(0.001 * left, 0.03 * left);
  const total = totals.get(name) ?? { bits: 0, positions: 0 };
  total.bits += readAsNew(table, symbols);
  total.positions += symbols.length;
  totals.set(name, total);
}
for (const [name, { bits, positions }] of totals) {
  console.log(`${name} ${(bits / positions).toFixed(4)} bits per character`);
}
writeFileSync(
  join(ROOT, 'src', 'context-model', 'wasm', 'initial-mixer.txt'),
  `${encodeMixer(kernels, MIXER)}\n`,
);

function readCodeBase(argument: string): CodeBase {
  const colon = argument.lastIndexOf(':');
  const folder = argument.slice(0, colon);
  const endings = argument.slice(colon + 1).split(',');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !path.endsWith('.d.ts'))
    .map((path) => ({ path, order: hashOf(path) }))
    .sort((a, b) => a.order - b.order);
  const table = createWorkspaceTable(kernels, LEARNT_CHARACTERS);
  const files: Uint16Array[] = [];
  let characters = 0;
  for (const { path } of paths) {
    const symbols = alphabet.encode(readFileSync(join(folder, path), 'utf8').replace(/\r/g, ''));
    if (symbols.length > MAX_LEARNT) continue;
    if ((characters += symbols.length) > LEARNT_CHARACTERS) break;
    files.push(symbols);
    count(table, symbols, 'learn');
  }
  return { name: argument, table, files };
}

/** FNV-1a hash, to order paths at random. */
function hashOf(path: string): number {
  let hash = 0x811c9dc5;
  for (const character of path) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash;
}

function count(table: number, symbols: Uint16Array, how: 'learn' | 'unlearn'): void {
  const text = copyToWasm(kernels, symbols);
  kernels[how](table, text, 0, symbols.length, FILE_START);
  kernels.release(text);
}

/**
 * Reads a file as if only the rest of its code base were known.
 * @returns bits it takes
 */
function readAsNew(workspace: number, symbols: Uint16Array): number {
  count(workspace, symbols, 'unlearn');
  const document = kernels.createTable(0, 0);
  const text = copyToWasm(kernels, symbols);
  let bits = 0;
  for (const [i, symbol] of symbols.entries()) {
    const address = text + i * BYTES_PER_SYMBOL;
    const candidates = kernels.predict(MIXER, workspace, document, address, text, FILE_START);
    const row = kernels.candidateRow(symbol);
    const found = new Float32Array(kernels.memory.buffer, kernels.rowProbabilities(), candidates + 1);
    bits -= Math.log2(row < candidates ? found[row] : found[row] / alphabet.size);
    kernels.learnWeights(symbol);
    kernels.learn(document, text, i, i + 1, FILE_START);
  }
  kernels.release(text);
  kernels.disposeTable(document);
  count(workspace, symbols, 'learn');
  return bits;
}
