/** Writes a tree, reads it by read.ts in processes of their own, and prints time and memory. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { withScope, type Scope } from '../../scripts/real-vscode/scope.ts';
import { build, main } from '../../scripts/repository.ts';
import { resultOfProgram } from '../child.ts';
import { machine, describeMachine } from '../machine.ts';
import type { Holding, Reading, Switching } from './measured.ts';
import { makeTree, type Tree, type TreeSize } from './tree.ts';

const run = promisify(execFile);

/** The limits on characters that are measured: the default of the setting `charRnn.corpus.maxSize`, and none. */
const CHARACTER_LIMITS = [20_000_000, Number.MAX_SAFE_INTEGER] as const;

/** The tree in which a branch is switched: files of 3 kB, every other one of which differs. */
const SWITCHED_TREE = { files: 10_000, megabytes: 30 };
const SWITCHED_FILES = 5_000;

interface Measured {
  readonly tree: Tree;
  readonly rows: readonly Row[];
  readonly git: number | undefined;
  readonly host: Holding;
  readonly branch: Switching;
}

interface Row extends Reading {
  readonly name: string;
}

function read(way: 'ours' | 'plain', folder: string, limit: number): Promise<Reading> {
  return program('read.ts', way, folder, String(limit));
}

/** What a program of this folder prints. */
function program<T>(name: string, ...args: readonly string[]): Promise<T> {
  return resultOfProgram(join(import.meta.dirname, name), args);
}

/** Seconds that Git takes to list the files that are not ignored; undefined where there is no git. */
async function gitWalk(folder: string): Promise<number | undefined> {
  try {
    await run('git', ['-C', folder, 'init', '-q']);
    const begin = performance.now();
    await run('git', ['-C', folder, 'ls-files', '--others', '--exclude-standard', '-z'], {
      maxBuffer: 2 ** 28,
    });
    return (performance.now() - begin) / 1000;
  } catch {
    return undefined;
  }
}

/** @throws Error if the files that were read are not those that were written to be read. */
function check(tree: Tree, { files, encodings }: Reading): void {
  const found = `${files} files (${JSON.stringify(encodings)})`;
  const wanted = `${tree.learnable} (${JSON.stringify(tree.encodings)})`;
  const same = Object.entries(tree.encodings).every(([encoding, count]) => encodings[encoding] === count);
  if (files !== tree.learnable || !same) throw new Error(`${found} were learnt where ${wanted} could be`);
}

async function measure(scope: Scope, size: TreeSize): Promise<Measured> {
  const temporary = await scope.temporaryFolder('corpus');
  const folder = join(temporary, 'tree');
  const tree = await makeTree(folder, size);
  const git = await gitWalk(folder);
  const rows: Row[] = [
    { name: 'plain readdir and readFile', ...(await read('plain', folder, CHARACTER_LIMITS[1])) },
  ];
  for (const limit of CHARACTER_LIMITS) {
    const name =
      limit === Number.MAX_SAFE_INTEGER ? 'corpus, no limit' : `corpus, ${limit / 1e6} million characters`;
    rows.push({ name, ...(await read('ours', folder, limit)) });
  }
  check(tree, rows[rows.length - 1]);
  await build();
  const host = await program<Holding>('host.ts', folder, join(temporary, 'model.safetensors'));
  const switched = join(temporary, 'switched');
  await makeTree(switched, { ...SWITCHED_TREE, seed: size.seed });
  await rm(join(switched, '.git'), { recursive: true });
  const branch = await program<Switching>('switch.ts', switched, String(SWITCHED_FILES));
  return { tree, rows, git, host, branch };
}

function report({ tree, rows, git, host, branch }: Measured): void {
  const mega = (value: number) => (value / 1e6).toFixed(0);
  console.log(
    `${tree.files} files, ${mega(tree.bytes)} MB; to be learnt ${tree.learnable} files, ${mega(tree.learnableBytes)} MB`,
  );
  console.log(describeMachine(machine()));
  if (git !== undefined) console.log(`git ls-files walks in ${git.toFixed(2)} s`);
  for (const row of rows) {
    console.log(`\n${row.name}: ${row.files} files, ${mega(row.characters)} million characters`);
    for (const phase of ['walking', 'reading', 'encoding'] as const)
      console.log(`  ${phaseText(row, phase)}`);
    console.log(`  peak ${row.peakMegabytes.toFixed(0)} MB resident`);
  }
  const [suggestions, training] = [host.suggestions, host.training].map((hold) => hold.toFixed(1));
  console.log(
    `\nextension host: held ${suggestions} ms at most while the worker reads, ${training} ms while a training does`,
  );
  const share = (100 * branch.cpuSeconds) / (branch.seconds + branch.gitSeconds);
  console.log(
    `\nbranch switch of ${branch.files} files, ${branch.gitSeconds.toFixed(1)} s of git: known after ${branch.seconds.toFixed(1)} s` +
      ` (${branch.known} files fit), processor ${branch.cpuSeconds.toFixed(1)} s (${share.toFixed(0)} % of a core), host held ${branch.longestHold.toFixed(1)} ms at most`,
  );
}

function phaseText(
  { characters, seconds, cpuSeconds, longestHolds }: Reading,
  phase: keyof Reading['seconds'],
): string {
  const megabytes = phase === 'walking' ? 0 : characters / 1e6;
  const time = (value: number): string =>
    `${value.toFixed(2)} s${megabytes > 0 && value > 0 ? ` (${(megabytes / value).toFixed(0)} MB/s)` : ''}`;
  const held = longestHolds[phase].toFixed(1);
  return `${phase.padEnd(9)} ${time(seconds[phase])}, processor ${time(cpuSeconds[phase])}, event loop held ${held} ms at most`;
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      files: { type: 'string', default: '100000' },
      megabytes: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
    },
  });
  const size = {
    files: Number(values.files),
    megabytes: Number(values.megabytes),
    seed: Number(values.seed),
  };
  const measured = await withScope((scope) => measure(scope, size));
  if (values.json) console.log(JSON.stringify({ machine: machine(), ...measured }));
  else report(measured);
  return 0;
});
