/** Reads a tree as the training process does, and prints time and memory: `read.ts ours|plain FOLDER MAX_CHARACTERS`. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCorpus, splitFiles, Vocabulary } from '../../src/corpus/index.ts';
import { Yielder } from '../../src/common/yielder.ts';
import { resolveRoots } from '../../src/corpus/files/roots.ts';
import { findFiles } from '../../src/corpus/files/walk.ts';
import { trainingSymbols } from '../../src/training/data/batch-streams.ts';
import type { Reading } from './measured.ts';
import { ThreadClock } from './thread-clock.ts';

const [WAY, FOLDER, LIMIT] = process.argv.slice(2);
const NO_PATTERNS = { include: [], exclude: [] };

type Phase = keyof Reading['seconds'];
type Counts = Pick<Reading, 'files' | 'characters' | 'encodings'>;

/** Walking alone, then all: walking again, decoding, and encoding to symbols. */
async function ours(): Promise<Counts> {
  await findFiles(await resolveRoots([FOLDER]), NO_PATTERNS, new Yielder(undefined), () => undefined);
  endOf('walking');
  const corpus = await readCorpus({ roots: [FOLDER], ...NO_PATTERNS, maxCharacters: Number(LIMIT) });
  endOf('reading');
  const encodings: Record<string, number> = {};
  for (const { encoding } of corpus.files) encodings[encoding] = (encodings[encoding] ?? 0) + 1;
  const { files, characters } = { files: corpus.files.length, characters: corpus.characters };
  const { training } = await splitFiles(corpus.files, 0.1, 0);
  const vocabulary = Vocabulary.fromTexts(training.map(({ text }) => text));
  await trainingSymbols(training, vocabulary);
  endOf('encoding');
  return { files, characters, encodings };
}

/** Reads everything without encodings, ignore rules or credentials: the lower bound of what Node takes. */
async function plain(): Promise<Counts> {
  const entries = await readdir(FOLDER, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  endOf('walking');
  let characters = 0;
  for (let start = 0; start < files.length && characters < Number(LIMIT); start += 16) {
    const texts = await Promise.all(files.slice(start, start + 16).map((file) => readFile(file, 'utf8')));
    for (const text of texts) characters += text.length;
  }
  endOf('reading');
  return { files: files.length, characters, encodings: {} };
}

const none = { walking: 0, reading: 0, encoding: 0 };
const [seconds, cpuSeconds, longestHolds] = [{ ...none }, { ...none }, { ...none }];
const clock = new ThreadClock();
let start = performance.now();
let cpu = process.cpuUsage();
/** Notes what was used since the end of the phase before. */
function endOf(phase: Phase): void {
  seconds[phase] = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  cpuSeconds[phase] = (user + system) / 1e6;
  longestHolds[phase] = clock.takeLongestHold();
  begin();
}

function begin(): void {
  clock.takeLongestHold();
  start = performance.now();
  cpu = process.cpuUsage();
}

// Loading the program blocks the loop, too; that is not counted.
await sleep(50);
begin();
const counts = WAY === 'ours' ? await ours() : await plain();
const reading: Reading = {
  ...counts,
  seconds,
  cpuSeconds,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  longestHold: Math.max(...Object.values(longestHolds)),
  longestHolds,
};
clock.end();
console.log(JSON.stringify(reading));
