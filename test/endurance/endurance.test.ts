import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scope } from '../../scripts/real-vscode/scope.ts';
import { ROOT } from '../../scripts/repository.ts';
import { until } from '../until.ts';
import { MAX_WAIT_MS } from '../waits.ts';
import { FAULTS } from './faults.ts';
import { runningProcesses, stateOf } from './processes.ts';
import { Session } from './session.ts';
import { complaints, leftovers, modelFiles } from './storage.ts';
import { Watcher } from './watcher.ts';

const MINUTES = Number(process.env['CHAR_RNN_ENDURANCE_MINUTES'] ?? 1);
const SEED = Number(process.env['CHAR_RNN_ENDURANCE_SEED'] ?? 1);
/** Whether one extension host lives through all of it, so that its growth can be measured. */
const IS_ONE_HOST = process.env['CHAR_RNN_ENDURANCE_ONE_HOST'] === '1';
const FRESH_FILE = 'src/fresh.tsx';
/** A line like those of a file that nothing is typed in. */
const FRESH_LINE = 'export const freshTitle = () => <b>Registry of everything</b>;';
/** How much worse the model may evaluate at the end on the files as they first were, when they have changed since. */
const MAX_WORSE = 1.05;
/** Growth of the extension host's memory that is reported as a fault, in a session of ten minutes or more. */
const MAX_GROWTH = { minutes: 10, mibAnHour: 60, filesAnHour: 30 };

async function evaluated(model: string, folder: string): Promise<number> {
  const cli = join(ROOT, 'dist', 'cli.js');
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'evaluate', model, folder, '--json']);
  return (JSON.parse(stdout) as { bitsPerCharacter: number }).bitsPerCharacter;
}

/** A person's long session; the machine and other programs are unkind. */
describe(`${MINUTES} minutes of use, seed ${SEED}`, () => {
  const scope = new Scope();
  let session: Session;
  let watcher: Watcher;
  let original: string;
  let before: number;
  const steps: string[] = [];

  /** Of the first training, which its settings end after two minutes at the latest. */
  const waitForEnd = () =>
    session.window.waitForNotification(
      ({ inProgress, message }) =>
        !inProgress && /trained for|nothing new to learn|stopped at step/.test(message),
      'of the end of a training',
      2 * MAX_WAIT_MS,
    );

  beforeAll(async () => {
    session = await Session.start(scope, SEED);
    original = join(await scope.temporaryFolder('original'), 'src');
    await cp(join(session.folder, 'src'), original, { recursive: true });
    await session.train();
    await waitForEnd();
    before = await evaluated(modelFiles(session.userData)[0], original);
    await session.resetSettings();
    watcher = new Watcher(session);
  });

  afterAll(() => scope.close());

  it('goes on through everything', async () => {
    const actions: readonly (readonly [string, () => Promise<void> | void])[] = [
      ['typing', () => session.type()],
      ['typing', () => session.type()],
      ['training', () => session.train()],
      ['stopping a training', () => session.stopTraining()],
      ['other programs change files', () => session.changeFiles()],
      ['switching branches', () => session.switchBranch()],
      ['changing settings', () => session.changeSettings()],
      ['a second window', () => session.openSecondWindow()],
      ...(IS_ONE_HOST ? [] : [['reloading the window', () => session.reload()] as const]),
    ];
    const faults = IS_ONE_HOST ? FAULTS.filter(({ endsHost }) => !endsHost) : FAULTS;
    const watching = watcher.run();
    const end = Date.now() + MINUTES * 60_000;
    // Every fault once, in any order, and then at random.
    const order = faults
      .map((fault) => ({ fault, rank: session.random.nextUniform() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ fault }) => fault);
    while (Date.now() < end) {
      const [name, act] = session.oneOf(actions);
      const fault = order.shift() ?? session.oneOf(faults);
      watcher.doing = `${name}, ${fault.name}`;
      watcher.noteAction();
      watcher.isModelDamaged = fault.name === 'model file damaged';
      const results = await Promise.allSettled([
        (async () => act())(),
        sleep(1000).then(() => fault.cause(session, session.server.pid)),
      ]);
      watcher.isModelDamaged = false;
      const [acted, caused] = results;
      // What a person cannot do just then, such as finding a file that is on another branch, they try again later.
      const failure = acted.status === 'rejected' ? ` (${String(acted.reason).split('\n')[0]})` : '';
      const isCaused = caused.status === 'fulfilled' && caused.value;
      steps.push(`${name}${failure}; ${fault.name}${isCaused ? '' : ' (nothing to break)'}`);
      await session.window.press('Escape');
    }
    watcher.end();
    await watching;
    console.log(steps.join('\n'));
    console.log([...watcher.messages].map(([message, count]) => `${count} x ${message}`).join('\n'));
    expect(watcher.faults).toEqual([]);
  });

  it('suggests rightly in a fresh file afterwards', async () => {
    await session.resetSettings();
    await session.reload();
    await session.stopTraining().catch(() => undefined);
    // One that nothing has been written to meanwhile, in the editor or elsewhere.
    await writeFile(join(session.folder, FRESH_FILE), '// New.\n');
    await session.window.openFile(FRESH_FILE);
    // Up to where nothing else is likely, whatever was learnt meanwhile.
    const { typed, ghost } = await session.window.typeUntilOffered(
      'export const freshTitle = () => <b>Re',
      'gistry of ever',
    );
    await session.window.press('Tab');
    await session.window.save();
    const saved = await readFile(join(session.folder, FRESH_FILE), 'utf8');
    expect(saved).toContain((typed + ghost).trim());
    expect(FRESH_LINE.startsWith((typed + ghost).trim())).toBe(true);
  });

  it('has lost no model, and made none worse', async () => {
    const [model] = modelFiles(session.userData);
    expect(model).toBeDefined();
    expect(await evaluated(model, original)).toBeLessThan(before * MAX_WORSE);
  });

  it('leaves no unfinished files, and nothing that a log complains of', () => {
    expect(leftovers(session.userData)).toEqual([]);
    expect(complaints(session.userData)).toEqual([]);
  });

  it('has opened no connection, and listened to none', () => {
    for (const program of ['--type=extensionHost', 'training-process.cjs'])
      expect([program, session.preload.watched(program)]).toEqual([program, true]);
    expect(session.preload.networkUses).toEqual([]);
  });

  it('does not grow', () => {
    const growth = watcher.growth();
    if (growth)
      console.log(
        `extension host: ${growth.mib.toFixed(1)} MiB and ${growth.files.toFixed(1)} files an hour over ${growth.minutes.toFixed(1)} minutes`,
      );
    if (!growth || growth.minutes < MAX_GROWTH.minutes) return;
    expect(growth.mib).toBeLessThan(MAX_GROWTH.mibAnHour);
    expect(growth.files).toBeLessThan(MAX_GROWTH.filesAnHour);
  });

  // Extension hosts that a window has left wait some hours for its return, which is VS Code's own affair.
  it('leaves no training when the editor ends', async () => {
    await session.train();
    const trainings = () => runningProcesses(session.server.pid).filter(({ role }) => role === 'training');
    await until(() => trainings().length > 0);
    const [{ pid }] = trainings();
    await session.window.page.close();
    process.kill(session.server.pid, 'SIGTERM');
    await session.server.exited;
    await until(() => stateOf(pid) === undefined);
  });
});
