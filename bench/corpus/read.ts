/** Reads a tree as the training process does, and prints time and memory: `read.ts ours|plain FOLDER MAX_CHARACTERS`. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCorpus, splitFiles, Vocabulary } from '../../src/corpus/index.ts';
import { Yielder } from '../../src/common/yielder.ts';
import { resolveRoots } from '../../src/corpus/files/roots.ts';
import { findFiles } from '../../src/corpus/files/walk.ts';
import { trainingSymbols } from '../../src/training/data/batch-streams.ts';
import type { Reading } from './measured.ts';

const [WAY, FOLDER, LIMIT] = process.argv.slice(2);
const NO_PATTERNS = { include: [], exclude: [] };

type Counts = Pick<Reading, 'files' | 'characters' | 'encodings' | 'seconds'>;

/** Walking alone, then all: walking again, decoding, and encoding to symbols. */
async function ours(): Promise<Counts> {
  const clock = stopwatch();
  await findFiles(await resolveRoots([FOLDER]), NO_PATTERNS, new Yielder(undefined), () => undefined);
  const walking = clock();
  const corpus = await readCorpus({ roots: [FOLDER], ...NO_PATTERNS, maxCharacters: Number(LIMIT) });
  const reading = clock();
  const encodings: Record<string, number> = {};
  for (const { encoding } of corpus.files) encodings[encoding] = (encodings[encoding] ?? 0) + 1;
  const { files, characters } = { files: corpus.files.length, characters: corpus.characters };
  clock();
  const { training } = splitFiles(corpus.files, 0.1, 0);
  const vocabulary = Vocabulary.fromTexts(training.map(({ text }) => text));
  await trainingSymbols(training, vocabulary);
  return { files, characters, encodings, seconds: { walking, reading, encoding: clock() } };
}

/** Reads everything without encodings, ignore rules or credentials: the lower bound of what Node takes. */
async function plain(): Promise<Counts> {
  const clock = stopwatch();
  const entries = await readdir(FOLDER, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const walking = clock();
  let characters = 0;
  for (let start = 0; start < files.length && characters < Number(LIMIT); start += 16) {
    const texts = await Promise.all(files.slice(start, start + 16).map((file) => readFile(file, 'utf8')));
    for (const text of texts) characters += text.length;
  }
  return {
    files: files.length,
    characters,
    encodings: {},
    seconds: { walking, reading: clock(), encoding: 0 },
  };
}

/** @returns a function that gives the seconds since its last call. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const since = (performance.now() - last) / 1000;
    last = performance.now();
    return since;
  };
}

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
// Loading the program blocks the loop, too; that is not counted.
await sleep(50);
delay.reset();
const counts = WAY === 'ours' ? await ours() : await plain();
await sleep(5);
const reading: Reading = {
  ...counts,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  longestHold: delay.max / 1e6,
};
console.log(JSON.stringify(reading));
