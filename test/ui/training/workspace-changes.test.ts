import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WorkspaceChanges } from '../../../src/ui/training/workspace-changes.ts';
import { configure, fake, resetFake } from '../../vscode-fake/index.ts';

let changes: WorkspaceChanges;
let reports: number;
let isOnBattery: boolean;
/** What the status could show of `isResting`, whenever that changed. */
let rests: boolean[];

beforeEach(() => {
  resetFake();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  reports = 0;
  isOnBattery = false;
  rests = [];
  const power = { isOnBattery: () => Promise.resolve(isOnBattery), validMs: 60_000 };
  const isIgnored = (path: string): boolean => /^\/w\/(?:build(?:$|\/)|\.gitignore$|\.aiexclude$)/.test(path);
  changes = new WorkspaceChanges(isIgnored, power);
  changes.onDidChange(() => reports++);
  changes.onDidChangeResting(() => rests.push(changes.isResting));
});
afterEach(() => {
  changes.dispose();
  vi.useRealTimers();
});

const write = (fsPath: string): void => fake.events.fileChanged.fire({ fsPath });

describe('changes of the workspace', () => {
  it('are reported once for many, two seconds after the last', async () => {
    for (let i = 0; i < 3; i++) {
      write('/w/a.c');
      await vi.advanceTimersByTimeAsync(1999);
    }
    expect(reports).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(reports).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reports).toBe(1);
  });

  it('are reported every ten seconds where something is written without a pause', async () => {
    for (let second = 0; second < 60; second++) {
      write('/w/a.c');
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(reports).toBe(6);
    write('/w/a.c');
    await vi.advanceTimersByTimeAsync(2000);
    expect(reports).toBe(7);
  });

  it('are none where files that are never learnt change, or those of Git', async () => {
    for (const path of ['/w/build/main.o', '/w/.git/index', '/w/.git/refs/heads/main', 'C:\\w\\.git\\index'])
      write(path);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reports).toBe(0);
    write('/w/.gitignore');
    await vi.advanceTimersByTimeAsync(2000);
    expect(reports).toBe(1);
  });

  it('are noticed in lists of what is ignored that are not learnt themselves, as where only some files are included', async () => {
    write('/w/build/.gitignore');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reports).toBe(0);
    for (const list of ['/w/.gitignore', '/w/.aiexclude']) {
      write(list);
      await vi.advanceTimersByTimeAsync(2000);
    }
    expect(reports).toBe(2);
  });

  it('are noticed when a file is saved in the editor, though nobody watches it', async () => {
    fake.events.savedDocument.fire({ uri: { scheme: 'untitled', fsPath: 'a' } });
    await vi.advanceTimersByTimeAsync(2000);
    expect(reports).toBe(0);
    fake.events.savedDocument.fire({ uri: { scheme: 'file', fsPath: '/w/a.c' } });
    await vi.advanceTimersByTimeAsync(2000);
    expect(reports).toBe(1);
  });

  it('are noticed when settings or folders change what is learnt', async () => {
    configure({ 'editor.fontSize': 12 });
    await vi.advanceTimersByTimeAsync(2000);
    expect(reports).toBe(0);
    configure({ 'search.exclude': {} });
    await vi.advanceTimersByTimeAsync(2000);
    fake.events.folders.fire(undefined);
    await vi.advanceTimersByTimeAsync(2000);
    expect(reports).toBe(2);
  });

  it('are not reported once nobody listens any more', async () => {
    write('/w/a.c');
    changes.dispose();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reports).toBe(0);
    const { fileChanged, savedDocument, configuration, folders } = fake.events;
    expect([fileChanged, savedDocument, configuration, folders].map((event) => event.listenerCount)).toEqual([
      0, 0, 0, 0,
    ]);
  });
});

describe('on battery power', () => {
  beforeEach(() => void (isOnBattery = true));

  it('changes of files wait until there is other power', async () => {
    write('/w/a.c');
    await vi.advanceTimersByTimeAsync(600_000);
    expect([reports, rests]).toEqual([0, [true]]);
    isOnBattery = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([reports, rests]).toEqual([1, [true, false]]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(reports).toBe(1);
  });

  it('changes of what is to be learnt do not wait, and take the others along', async () => {
    write('/w/a.c');
    await vi.advanceTimersByTimeAsync(2000);
    configure({ 'charRnn.corpus.exclude': ['a.c'] });
    await vi.advanceTimersByTimeAsync(2000);
    expect([reports, rests]).toEqual([1, [true, false]]);
    for (const list of ['/w/.gitignore', '/w/lib/.aiexclude']) {
      write(list);
      await vi.advanceTimersByTimeAsync(2000);
    }
    fake.events.folders.fire(undefined);
    await vi.advanceTimersByTimeAsync(2000);
    expect(reports).toBe(4);
    write('/w/b.c');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(reports).toBe(4);
  });

  it('nothing waits where the setting says so, and all does where it is not valid', async () => {
    write('/w/a.c');
    await vi.advanceTimersByTimeAsync(2000);
    configure({ 'charRnn.corpus.restOnBattery': false });
    await vi.advanceTimersByTimeAsync(2000);
    write('/w/a.c');
    await vi.advanceTimersByTimeAsync(2000);
    expect(reports).toBe(2);
    configure({ 'charRnn.corpus.restOnBattery': 'no' });
    await vi.advanceTimersByTimeAsync(2000);
    write('/w/a.c');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(reports).toBe(3);
  });

  it('nothing is asked or reported once nobody listens any more', async () => {
    write('/w/a.c');
    await vi.advanceTimersByTimeAsync(2000);
    isOnBattery = false;
    changes.dispose();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(reports).toBe(0);
  });
});
