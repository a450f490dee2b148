import * as assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type {} from 'mocha';
import * as vscode from 'vscode';
import { configure, extension, until, untilStatus } from '../editor.ts';
import { logText } from '../log.ts';
import { longTraining, smallSettings } from '../constants.ts';
import { nothingHeldOut, stepsTrained, train, trained } from '../training.ts';

describe('training', () => {
  it('learns the workspace, telling how it goes, and is then ready', async () => {
    const view = await extension();
    const seen = new Set<string>();
    await configure(smallSettings);
    const training = vscode.commands.executeCommand('charRnn.train');
    let ended = false;
    void training.then(() => (ended = true));
    await until('the end of training', () => {
      const status = view.status();
      if (status?.kind === 'training') seen.add(status.text);
      return ended;
    });
    assert.ok(seen.size > 2, `progress should be told in between, was: ${[...seen].join(', ')}`);
    for (const text of seen) assert.match(text, /training \d+ %/);
    const ready = await untilStatus(view, 'ready');
    assert.match(ready.detail, /\d\.\d\d bits per character, trained just now/);
    // What is saved is the network that predicted the held-out files best, which need not be the last one.
    const steps = await stepsTrained(view.modelPath);
    assert.ok(steps > 0 && steps <= smallSettings['charRnn.training.steps'], `${steps} steps were trained`);
    assert.equal(view.trainingPid(), undefined);
  });

  it('leaves out what looks like a secret, and says so in the log', async () => {
    const { modelPath } = await trained();
    const log = await logText('left out');
    assert.match(log, /left out: .*\.env\b/);
    const canary = process.env['CHAR_RNN_CANARY'];
    assert.ok(canary, 'the fixture has a canary');
    assert.ok(!log.includes(canary), 'the log has the secret');
    assert.ok(!(await readFile(modelPath, 'latin1')).includes(canary), 'the model has the secret');
  });

  it('keeps the best model when it is stopped, and goes on from there', async () => {
    const view = await trained();
    const before = await stepsTrained(view.modelPath);
    await configure(longTraining);
    const training = vscode.commands.executeCommand('charRnn.train');
    await until('steps', () => view.status()?.kind === 'training' && view.trainingPid());
    await until('progress', () => /bits per character/.test(view.status()?.detail ?? ''));
    await vscode.commands.executeCommand('charRnn.stopTraining');
    await training;
    assert.equal(view.trainingPid(), undefined);
    const stopped = await stepsTrained(view.modelPath);
    assert.ok(stopped >= before, `${stopped} steps after ${before}`);
    await train({ ...smallSettings, ...nothingHeldOut, 'charRnn.training.steps': 20 });
    assert.equal(await stepsTrained(view.modelPath), stopped + 20);
    await untilStatus(view, 'ready');
  });

  it('runs one training at a time', async () => {
    const view = await trained();
    await configure(longTraining);
    const first = vscode.commands.executeCommand('charRnn.train');
    const pid = await until('a training process', () => view.trainingPid());
    await vscode.commands.executeCommand('charRnn.train');
    assert.equal(view.trainingPid(), pid);
    await vscode.commands.executeCommand('charRnn.stopTraining');
    await first;
    await untilStatus(view, 'ready');
  });

  it('loses nothing when its process is killed', async () => {
    const view = await trained();
    const before = await stepsTrained(view.modelPath);
    await configure(longTraining);
    const training = vscode.commands.executeCommand('charRnn.train');
    const pid = await until('a training process', () => view.trainingPid());
    await until('progress', () => /bits per character/.test(view.status()?.detail ?? ''));
    process.kill(pid, 'SIGKILL');
    await training;
    const failed = await untilStatus(view, 'failed');
    assert.match(failed.detail, /killed/i);
    assert.ok((await stepsTrained(view.modelPath)) >= before, 'the last checkpoint is whole');
    await vscode.commands.executeCommand('notifications.clearAll');

    const intact = await stepsTrained(view.modelPath);
    await train({ ...smallSettings, ...nothingHeldOut, 'charRnn.training.steps': 20 });
    await untilStatus(view, 'ready');
    assert.equal(await stepsTrained(view.modelPath), intact + 20);
  });

  it('sees that another window deleted the model, and that another one trained it', async () => {
    const view = await trained();
    const model = await readFile(view.modelPath);
    await rm(view.modelPath);
    await untilStatus(view, 'noModel');
    await writeFile(view.modelPath, model);
    await untilStatus(view, 'ready');
  });

  it('can be taken from a file', async () => {
    const view = await trained();
    const folder = await mkdtemp(join(tmpdir(), 'char-rnn-shared-'));
    const shared = join(folder, 'shared.safetensors');
    await copyFile(view.modelPath, shared);
    await rm(view.modelPath);
    await untilStatus(view, 'noModel');
    // The command ends with its notification, which offers to undo.
    const use = vscode.commands.executeCommand('charRnn.useModelFile', shared);
    await untilStatus(view, 'ready');
    assert.equal(await stepsTrained(view.modelPath), await stepsTrained(shared));
    await vscode.commands.executeCommand('notifications.clearAll');
    await use;
    await rm(folder, { recursive: true });
  });

  it('can be deleted, and the status says so', async () => {
    const view = await trained();
    // The command ends with its notification, which offers to undo.
    const deletion = vscode.commands.executeCommand('charRnn.deleteModel');
    await untilStatus(view, 'noModel');
    assert.equal(existsSync(view.modelPath), false);
    await vscode.commands.executeCommand('notifications.clearAll');
    await deletion;
    const left = await readdir(dirname(view.modelPath));
    assert.deepEqual(
      left.filter((name) => name.startsWith('model')),
      [],
      'nothing of the model is left',
    );
  });
});
