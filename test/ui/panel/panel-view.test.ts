import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { NO_CONTENT, NO_COUNTS, type PanelContent } from '../../../src/panel/index.ts';
import { PanelView } from '../../../src/ui/panel/panel-view.ts';
import { PANEL_TYPE, TrainingPanel } from '../../../src/ui/panel/training-panel.ts';
import { EventEmitter, fake, FakePanel, FileType, resetFake } from '../../vscode-fake/index.ts';

let panel: FakePanel;
let updates: EventEmitter<Partial<PanelContent>>;
let replaced: EventEmitter<void>;
let counted: EventEmitter<void>;
let readings: number;
let ran: string[];
let view: PanelView | undefined;

const source = {
  content: () => {
    readings++;
    return Promise.resolve(NO_CONTENT);
  },
  files: () => ({ files: [], total: 7 }),
  isListed: (path: string) => path.startsWith('/w/'),
  get onDidUpdate() {
    return updates.event;
  },
  get onDidReplace() {
    return replaced.event;
  },
};
const tally = {
  counts: () => Promise.resolve(NO_COUNTS),
  forget: () => Promise.resolve(void ran.push('forget')),
  get onDidChange() {
    return counted.event;
  },
};
const log = { error: () => undefined, warn: () => undefined };
const parts = () => ({ source, tally, log, bundles: { fsPath: '/dist' } as vscode.Uri });

beforeEach(() => {
  resetFake();
  vi.useFakeTimers();
  panel = new FakePanel();
  [updates, replaced, counted] = [new EventEmitter(), new EventEmitter(), new EventEmitter()];
  readings = 0;
  ran = [];
  for (const id of ['charRnn.train', 'charRnn.stopTraining', 'charRnn.useModelFile', 'charRnn.deleteModel'])
    fake.commands.set(id, () => Promise.resolve(void ran.push(id)));
  for (const id of ['vscode.open', 'revealInExplorer'])
    fake.ownCommands.set(id, (given) =>
      Promise.resolve(void ran.push(`${id} ${(given as { fsPath: string }).fsPath}`)),
    );
});

afterEach(() => {
  view?.dispose();
  view = undefined;
  vi.useRealTimers();
});

async function settle(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

async function opened(): Promise<FakePanel> {
  view = new PanelView(panel as unknown as vscode.WebviewPanel, parts());
  panel.events.message.fire({ type: 'ready' });
  await settle();
  return panel;
}

describe('an open panel', () => {
  it('has a page that runs its own script alone', async () => {
    await opened();
    const { html } = panel.webview;
    const [, nonce] = /script-src 'nonce-(\w{32})'/.exec(html)!;
    expect(html).toContain(`<script nonce="${nonce}" src="https://webview.test/dist/panel-page.js">`);
    expect(html).toMatch(/default-src 'none'; script-src '[^']*'; style-src https:\/\/webview\.test"/);
    expect(html).not.toMatch(/style=|<style|\son\w+=|unsafe/);
    expect(html.match(/<script/g)).toHaveLength(1);
    const other = new FakePanel();
    new PanelView(other as unknown as vscode.WebviewPanel, parts()).dispose();
    expect(other.webview.html).not.toContain(nonce);
  });

  it('is sent everything once it asks, and nothing before', async () => {
    view = new PanelView(panel as unknown as vscode.WebviewPanel, parts());
    replaced.fire();
    updates.fire({ points: [{ step: 1 }] });
    counted.fire();
    await settle(1000);
    expect([panel.sent, readings]).toEqual([[], 0]);
    panel.events.message.fire({ type: 'ready' });
    await settle();
    expect(panel.sent).toEqual([{ type: 'content', content: { ...NO_CONTENT, counts: NO_COUNTS } }]);
  });

  it('is sent updates together', async () => {
    await opened();
    updates.fire({ points: [{ step: 1 }], activity: { kind: 'remembering', fraction: 0.1 } });
    updates.fire({ points: [{ step: 2 }], activity: { kind: 'remembering', fraction: 0.2 } });
    counted.fire();
    counted.fire();
    await settle(900);
    const activity = { kind: 'remembering', fraction: 0.2 };
    expect(panel.sent.slice(1)).toEqual([
      { type: 'update', update: { points: [{ step: 1 }, { step: 2 }], activity } },
    ]);
    await settle(1000);
    expect(panel.sent.slice(2)).toEqual([{ type: 'update', update: { counts: NO_COUNTS } }]);
  });

  it('loses no update that comes while everything is read', async () => {
    const measured = [{ step: 1 }];
    const content = () => Promise.resolve({ ...NO_CONTENT, points: [...measured] });
    const counts = () => new Promise<typeof NO_COUNTS>((resolve) => setTimeout(() => resolve(NO_COUNTS), 50));
    view = new PanelView(panel as unknown as vscode.WebviewPanel, {
      ...parts(),
      source: { ...source, content },
      tally: { ...tally, counts },
    });
    panel.events.message.fire({ type: 'ready' });
    await settle(20);
    measured.push({ step: 2 });
    updates.fire({ points: measured.slice(1) });
    await settle(1000);
    expect(panel.sent).toEqual([
      { type: 'content', content: { ...NO_CONTENT, points: [{ step: 1 }, { step: 2 }], counts: NO_COUNTS } },
    ]);
  });

  it('is sent nothing while it is hidden, and everything when it is shown again', async () => {
    await opened();
    panel.setVisible(false);
    updates.fire({ points: [{ step: 1 }] });
    replaced.fire();
    counted.fire();
    await settle(1000);
    expect([panel.sent.length, readings]).toEqual([1, 1]);
    panel.setVisible(true);
    panel.events.message.fire({ type: 'ready' });
    await settle();
    expect(panel.sent).toHaveLength(2);
  });

  it('runs what its buttons stand for, and looks again', async () => {
    await opened();
    for (const action of ['train', 'stop', 'useModelFile', 'deleteModel', 'forgetCounts']) {
      panel.events.message.fire({ type: 'act', action });
      await settle();
    }
    expect(ran).toEqual([
      'charRnn.train',
      'charRnn.stopTraining',
      'charRnn.useModelFile',
      'charRnn.deleteModel',
      'forget',
    ]);
    expect(readings).toBe(6);
  });

  it('lists files, and opens those that it shows, folders in the explorer', async () => {
    await opened();
    const group = { by: 'folder', name: 'src' };
    panel.events.message.fire({ type: 'listFiles', group });
    expect(panel.sent.at(-1)).toEqual({ type: 'files', group, files: [], total: 7 });
    fake.fileType = (path) =>
      Promise.resolve({ type: path === '/w/dist' ? FileType.Directory : FileType.File });
    for (const path of ['/w/a.ts', '/w/dist', '/etc/passwd'])
      panel.events.message.fire({ type: 'openFile', path });
    panel.events.message.fire('nonsense');
    await settle();
    expect(ran).toEqual(['vscode.open /w/a.ts', 'revealInExplorer /w/dist']);
    fake.fileType = () => Promise.reject(new Error('The file is gone.'));
    panel.events.message.fire({ type: 'openFile', path: '/w/b.ts' });
    await settle();
    expect(fake.notifications[0].sentence).toMatch(/The file is gone/);
  });

  it('lets go of everything when it is closed', async () => {
    await opened();
    view!.dispose();
    expect([updates, replaced, counted].map(({ listenerCount }) => listenerCount)).toEqual([0, 0, 0]);
    expect(panel.events.message.listenerCount + panel.events.viewState.listenerCount).toBe(0);
  });
});

describe('the panel of a window', () => {
  it('is opened once, and again when it was closed', async () => {
    const training = new TrainingPanel(parts());
    await training.show();
    await training.show();
    expect(fake.panels.map(({ reveals }) => reveals)).toEqual([1]);
    fake.panels[0].dispose();
    await training.show();
    expect(fake.panels).toHaveLength(2);
    training.dispose();
    expect(fake.panelSerializers.size).toBe(0);
    expect(updates.listenerCount).toBe(0);
  });

  it('is not connected where it was closed while its code was loaded', async () => {
    const training = new TrainingPanel(parts());
    const showing = training.show();
    fake.panels[0].dispose();
    await showing;
    expect([fake.panels[0].webview.html, updates.listenerCount]).toEqual(['', 0]);
    training.dispose();
  });

  it('is restored after a reload', async () => {
    const training = new TrainingPanel(parts());
    await fake.panelSerializers.get(PANEL_TYPE)!.deserializeWebviewPanel(panel);
    expect(panel.webview.html).toContain('Char-RNN training');
    await training.show();
    expect([panel.reveals, fake.panels.length]).toEqual([1, 0]);
    training.dispose();
  });
});
