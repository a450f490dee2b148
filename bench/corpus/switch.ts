/**
 * Switches a branch under a suggestion worker that has read the tree, and prints how long it takes until the worker
 * knows the other one, and at what cost: `switch.ts FOLDER FILES`. The time that the editor gathers changes for,
 * before it reports them, is counted.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SuggestionClient } from '../../src/completion/client/suggestion-client.ts';
import { ROOT } from '../../scripts/repository.ts';
import type { Switching } from './measured.ts';
import { ThreadClock } from './thread-clock.ts';

const [FOLDER, FILES] = process.argv.slice(2);
/** As `WorkspaceChanges` waits for more changes. */
const GATHERING_MS = 2000;
const MAX_CHARACTERS = 20_000_000;
/** Files of the tree that are worth learning. */
const LEARNABLE = /\.(?:ts|md|c|py)$/;

function git(...args: readonly string[]): string {
  const config = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', '-c', 'gc.auto=0'];
  return execFileSync('git', ['-C', FOLDER, ...config, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
}

/** Makes a branch `other` that differs in a line of many files. */
function makeBranches(): number {
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'main');
  git('checkout', '-q', '-b', 'other');
  const files = git('ls-files', '-z')
    .split('\0')
    .filter((file) => LEARNABLE.test(file))
    .slice(0, Number(FILES));
  for (const [index, file] of files.entries())
    appendFileSync(join(FOLDER, file), `// Other branch ${index}.\n`);
  git('commit', '-q', '-a', '-m', 'other');
  git('checkout', '-q', 'main');
  return files.length;
}

const CHANGED = makeBranches();
let revision = 0;
let finished: () => void = () => undefined;
const client = new SuggestionClient(join(ROOT, 'dist', 'suggestion-worker.cjs'), {
  onLog: console.error,
  onStatus: () => {
    if (client.workspace?.isComplete === true) finished();
  },
});

/** Has the files read (again). Settles when what was found is learnt. */
async function read(): Promise<void> {
  const options = { roots: [FOLDER], include: [], exclude: [], maxCharacters: MAX_CHARACTERS };
  const complete = new Promise<void>((resolve) => (finished = resolve));
  client.setSources({ corpus: { options, revision: ++revision } });
  await complete;
}

const clock = new ThreadClock();

async function switchBranch(changed: number): Promise<Switching> {
  clock.takeLongestHold();
  const cpu = process.cpuUsage();
  const start = performance.now();
  git('checkout', '-q', 'other');
  const switched = performance.now();
  await sleep(GATHERING_MS);
  await read();
  const { user, system } = process.cpuUsage(cpu);
  return {
    files: changed,
    known: client.workspace?.files ?? 0,
    gitSeconds: (switched - start) / 1000,
    seconds: (performance.now() - switched) / 1000,
    cpuSeconds: (user + system) / 1e6,
    longestHold: clock.takeLongestHold(),
  };
}

await read();
const switching = await switchBranch(CHANGED);
clock.end();
client.dispose();
console.log(JSON.stringify(switching));
