/**
 * Plays the extension host: `host.ts FOLDER FILE MEMORY keep|suggest` starts the suggestion worker, waits until it keeps
 * what it remembers of a folder, or asks for suggestions in a file of it, and prints what that took.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SuggestionClient } from '../../src/completion/client/suggestion-client.ts';
import { ROOT } from '../../scripts/repository.ts';

/** Milliseconds count from the worker's start. */
export interface Started {
  /** The first suggestion, by whatever is there. */
  readonly firstMs: number;
  /** What was remembered is restored. */
  readonly restoredMs: number;
  /** The first suggestion from it. */
  readonly knowingMs: number;
  /** Megabytes of this process. */
  readonly residentBefore: number;
  readonly residentAfter: number;
  /** Milliseconds of processor time in half a minute in which nobody asks for anything. */
  readonly idleMs: number;
}

const MAX_CHARACTERS = 4_000_000;
const MAX_WAIT_MS = 120_000;
/** Files are read again after a start, and what is remembered is written once nobody has asked for ten seconds. */
const SETTLING_MS = 25_000;
const IDLE_MS = 30_000;

const [FOLDER, FILE, MEMORY, WORK] = process.argv.slice(2);

const residentMegabytes = (): number => Math.round(process.memoryUsage().rss / 1e6);

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + MAX_WAIT_MS;
  while (!isSo()) {
    if (performance.now() > end) throw new Error('waited two minutes in vain');
    await sleep(1);
  }
}

/** A text whose line at the cursor, in its middle, ends there. */
async function textToContinue(): Promise<{ readonly text: string; readonly offset: number }> {
  const text = (await readFile(FILE, 'utf8')).replaceAll('\r\n', '\n');
  const lines = text.split('\n');
  const middle = lines.length >> 1;
  const line = middle + lines.slice(middle).findIndex((each) => each.trim().length > 20);
  lines[line] = lines[line].slice(0, lines[line].length >> 1);
  return { text: lines.join('\n'), offset: lines.slice(0, line + 1).join('\n').length };
}

const RESIDENT_BEFORE = residentMegabytes();
const { text, offset } = await textToContinue();
const logged: string[] = [];
const BEGIN = performance.now();
const elapsed = (): number => Math.round(performance.now() - BEGIN);
let restoredMs = NaN;
const client = new SuggestionClient(join(ROOT, 'dist', 'suggestion-worker.cjs'), {
  onLog: (line) => {
    logged.push(line);
    if (line.includes('are remembered, after')) restoredMs = elapsed();
  },
  onStatus: () => undefined,
});
client.setSources({
  model: { path: join(ROOT, 'media', 'base-network.safetensors'), version: '1', isBase: true },
  corpus: {
    options: { roots: [FOLDER], include: [], exclude: [], maxCharacters: MAX_CHARACTERS },
    revision: 1,
    memoryPath: MEMORY,
  },
});

/** Asks until there is a suggestion. @returns when that was */
async function firstSuggestion(): Promise<number> {
  for (;;) {
    client.follow(FILE, { text: () => text, length: () => text.length, isUnsaved: true });
    const suggestion = await client.suggest({
      document: FILE,
      prefix: text.slice(Math.max(0, offset - 3_000), offset),
      atFileStart: offset <= 3_000,
      offset,
      suffix: text.slice(offset, offset + 200),
      indentation: { insertSpaces: true, tabSize: 4 },
      temperature: 0,
      seed: 0,
      maxLength: 60,
      eagerness: 'eager',
      explicit: true,
    });
    if (suggestion) return elapsed();
    if (elapsed() > MAX_WAIT_MS) throw new Error('nothing was suggested');
    await sleep(5);
  }
}

async function suggest(): Promise<Started> {
  const firstMs = await firstSuggestion();
  await until(() => !Number.isNaN(restoredMs));
  const knowingMs = await firstSuggestion();
  await until(() => client.workspace?.isComplete === true);
  const residentAfter = residentMegabytes();
  await sleep(SETTLING_MS);
  const idle = process.cpuUsage();
  await sleep(IDLE_MS);
  const { user, system } = process.cpuUsage(idle);
  const idleMs = Math.round((user + system) / 1_000);
  return { firstMs, restoredMs, knowingMs, residentBefore: RESIDENT_BEFORE, residentAfter, idleMs };
}

if (WORK === 'keep') {
  await until(() => logged.some((line) => line.includes('for the next start')));
  console.log('{}');
} else console.log(JSON.stringify(await suggest()));
client.dispose();
