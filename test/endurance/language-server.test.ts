import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RandomGenerator, readModel } from '../../src/model/index.ts';
import { Scope } from '../../scripts/real-vscode/scope.ts';
import { ROOT } from '../../scripts/repository.ts';
import { MAX_WAIT_MS, TEST_TIMEOUT_MS } from '../waits.ts';
import { command, initialize, open, serve, type Served, shutDown, uriOf } from '../lsp/client.ts';
import { makeWorkspace } from '../vscode/workspace.ts';
import { damageFor } from './faults.ts';
import { footprintOf, runningProcesses, stateOf } from './processes.ts';
import { filesBelow } from './storage.ts';

/** Of an editor's session, which runs for as long as it is told to; this one has no window to wait for. */
const MINUTES = Number(process.env['CHAR_RNN_ENDURANCE_MINUTES'] ?? 1) / 2;
const SEED = Number(process.env['CHAR_RNN_ENDURANCE_SEED'] ?? 1);
/** Growth of the server's memory that is reported as a fault, in a session of ten minutes or more. */
const MAX_GROWTH_MIB = 40;
const MIB = 2 ** 20;
const MIN_RESULTS = 10;
const MODULES = ['files', 'editor', 'search', 'history', 'network', 'windows'];
const SMALL = {
  'model.units': 16,
  'model.embedding': 8,
  'training.batchSize': 4,
  engine: 'wasm',
  threads: 1,
};

describe(`${MINUTES} minutes of a language server, seed ${SEED}`, () => {
  const scope = new Scope();
  const random = new RandomGenerator(SEED);
  const faults: string[] = [];
  const answers = { results: 0, errors: 0 };
  let folder: string;
  let cache: string;
  let model: string;
  let served: Served;
  let version = 1;
  let training: Promise<unknown> = Promise.resolve();

  const oneOf = <T>(items: readonly T[]): T => items[Math.floor(random.nextUniform() * items.length)];
  const trainings = () => runningProcesses(served.child.pid!).filter(({ role }) => role === 'training');
  const pathOf = (name: string) => join(folder, 'src', `${name}.ts`);

  /** Sends a request; an error is an answer like any other. */
  async function ask(method: string, params: object): Promise<void> {
    const answer = await Promise.race([
      served.connection.sendRequest(method, params).then(
        () => 'result',
        () => 'error',
      ),
      sleep(MAX_WAIT_MS, 'none'),
    ]);
    if (answer === 'none') faults.push(`no answer to ${method} ${JSON.stringify(params)}`);
    else if (answer === 'result') answers.results++;
    else answers.errors++;
  }

  const at = (name: string, line: number, character: number) => ({
    textDocument: { uri: uriOf(pathOf(name)) },
    position: { line, character },
    context: { triggerKind: oneOf([0, 1]) },
  });

  async function typeIn(name: string): Promise<void> {
    for (const [character, text] of [...oneOf(['registry.reg', 'if (registry.isR', '// the '])].entries()) {
      const position = { line: 0, character };
      await served.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uriOf(pathOf(name)), version: ++version },
        contentChanges: [{ range: { start: position, end: position }, text }],
      });
      await ask('textDocument/inlineCompletion', at(name, 0, character + 1));
    }
    await served.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf(pathOf(name)), version: ++version },
      contentChanges: [{ text: await readFile(pathOf(name), 'utf8') }],
    });
  }

  const changed = (names: readonly string[]) =>
    served.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: names.map((name) => ({ uri: uriOf(pathOf(name)), type: 2 })),
    });

  const actions: readonly (() => Promise<unknown>)[] = [
    () => typeIn(oneOf(MODULES)),
    () => typeIn(oneOf(MODULES)),
    () => ask('textDocument/inlineCompletion', at(oneOf(MODULES), 99_999, 99_999)),
    () => ask('textDocument/inlineCompletion', at('nowhere', 0, 0)),
    () =>
      ask('workspace/executeCommand', { command: oneOf(['charRnn.sample', 'charRnn.surprise', 'no.such']) }),
    async () => {
      // A branch is switched.
      for (const name of MODULES)
        await writeFile(pathOf(name), (await readFile(pathOf(name), 'utf8')).replaceAll('request', 'query'));
      await changed(MODULES);
    },
    async () => {
      const name = oneOf(MODULES);
      await appendFile(pathOf(name), `registry.register('other.${version}', list);\n`);
      await changed([name]);
    },
    async () => {
      await writeFile(pathOf('extra'), 'registry.refresh(everything);\n'.repeat(40));
      await changed(['extra']);
      await rm(pathOf('extra'));
      await changed(['extra']);
    },
    () =>
      served.connection.sendNotification('workspace/didChangeConfiguration', {
        settings: {
          charRnn: {
            ...SMALL,
            model,
            ...oneOf<object>([{}, { temperature: 'hot' }, { 'suggestions.eagerness': 'eager' }]),
          },
        },
      }),
    () => Promise.resolve((training = command(served, 'train', { steps: 60 }).catch(() => undefined))),
    () => ask('workspace/executeCommand', { command: 'charRnn.stopTraining' }),
    async () => {
      for (const { pid } of trainings()) process.kill(pid, 'SIGKILL');
      await training;
    },
    async () => {
      served.child.kill('SIGSTOP');
      await sleep(1000);
      served.child.kill('SIGCONT');
    },
    async () => {
      await training;
      if (!existsSync(model)) return;
      await damageFor(model, 500);
    },
  ];

  beforeAll(async () => {
    folder = join(await scope.temporaryFolder('workspace'), 'fixture');
    await makeWorkspace(folder);
    for (const name of ['completion', 'corpus'])
      await cp(join(ROOT, 'src', name), join(folder, name), { recursive: true });
    cache = await scope.temporaryFolder('cache');
    model = join(cache, 'own', 'model.safetensors');
    served = serve(cache);
    scope.defer(() => served.child.kill('SIGKILL'));
    await initialize(served, [folder], { initializationOptions: { charRnn: { ...SMALL, model } } });
    for (const name of MODULES)
      await open(served, pathOf(name), await readFile(pathOf(name), 'utf8'), 'typescript');
    await command(served, 'train', { steps: 60 });
  });

  afterAll(() => scope.close());

  it('answers everything, and keeps its model', async () => {
    const samples: number[] = [];
    const end = Date.now() + MINUTES * 60_000;
    // A busy machine may need longer for what shows that the server works at all.
    const latestEnd = end + TEST_TIMEOUT_MS;
    while (Date.now() < end || (answers.results <= MIN_RESULTS && Date.now() < latestEnd)) {
      await oneOf(actions)();
      if (served.child.exitCode !== null) break;
      samples.push((footprintOf(served.child.pid!)?.bytes ?? 0) / MIB);
    }
    await training;
    expect(faults).toEqual([]);
    expect(served.child.exitCode).toBeNull();
    expect(answers.results).toBeGreaterThan(MIN_RESULTS);
    expect((await readModel(model)).training.steps).toBeGreaterThan(0);
    // What the first half needs once, the second needs no more.
    const half = samples.slice(Math.floor(samples.length / 2));
    const growth = (half.at(-1) ?? 0) - (half.at(0) ?? 0);
    console.log(`${JSON.stringify(answers)}, ${growth.toFixed(1)} MiB in the second half of the time`);
    if (MINUTES >= 10) expect(growth).toBeLessThan(MAX_GROWTH_MIB);
  });

  it('leaves no unfinished files, no process and no complaint', async () => {
    const running = trainings();
    expect(await shutDown(served)).toBe(0);
    await expect.poll(() => running.filter(({ pid }) => stateOf(pid) !== undefined)).toEqual([]);
    expect(filesBelow(cache).filter((file) => file.endsWith('.tmp'))).toEqual([]);
    expect(readdirSync(join(cache, 'own')).filter((name) => name.endsWith('.lock'))).toEqual([]);
    expect(served.log()).not.toMatch(/unhandled|uncaught/i);
  });
});
