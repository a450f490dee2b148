import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WorkspaceChanges } from '../../../src/ui/training/workspace-changes.ts';
import { configure, fake, resetFake } from '../../vscode-fake.ts';

let changes: WorkspaceChanges;
let reports: number;

beforeEach(() => {
  resetFake();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  reports = 0;
  changes = new WorkspaceChanges((path) => path.startsWith('/w/build/'));
  changes.onDidChange(() => reports++);
});
afterEach(() => {
  changes.dispose();
  vi.useRealTimers();
});

const write = (fsPath: string): void => fake.events.fileChanged.fire({ fsPath });

describe('changes of the workspace', () => {
  it('are reported once for many, two seconds after the last', () => {
    for (let i = 0; i < 3; i++) {
      write('/w/a.c');
      vi.advanceTimersByTime(1999);
    }
    expect(reports).toBe(0);
    vi.advanceTimersByTime(1);
    expect(reports).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(reports).toBe(1);
  });

  it('are reported every ten seconds where something is written without a pause', () => {
    for (let second = 0; second < 60; second++) {
      write('/w/a.c');
      vi.advanceTimersByTime(1000);
    }
    expect(reports).toBe(6);
    write('/w/a.c');
    vi.advanceTimersByTime(2000);
    expect(reports).toBe(7);
  });

  it('are none where files that are never learnt change, or those of Git', () => {
    for (const path of ['/w/build/main.o', '/w/.git/index', '/w/.git/refs/heads/main', 'C:\\w\\.git\\index'])
      write(path);
    vi.advanceTimersByTime(60_000);
    expect(reports).toBe(0);
    write('/w/.gitignore');
    vi.advanceTimersByTime(2000);
    expect(reports).toBe(1);
  });

  it('are noticed when a file is saved in the editor, though nobody watches it', () => {
    fake.events.savedDocument.fire({ uri: { scheme: 'untitled', fsPath: 'a' } });
    vi.advanceTimersByTime(2000);
    expect(reports).toBe(0);
    fake.events.savedDocument.fire({ uri: { scheme: 'file', fsPath: '/w/a.c' } });
    vi.advanceTimersByTime(2000);
    expect(reports).toBe(1);
  });

  it('are noticed when settings or folders change what is learnt', () => {
    configure({ 'editor.fontSize': 12 });
    vi.advanceTimersByTime(2000);
    expect(reports).toBe(0);
    configure({ 'search.exclude': {} });
    vi.advanceTimersByTime(2000);
    fake.events.folders.fire(undefined);
    vi.advanceTimersByTime(2000);
    expect(reports).toBe(2);
  });

  it('are not reported once nobody listens any more', () => {
    write('/w/a.c');
    changes.dispose();
    vi.advanceTimersByTime(60_000);
    expect(reports).toBe(0);
    const { fileChanged, savedDocument, configuration, folders } = fake.events;
    expect([fileChanged, savedDocument, configuration, folders].map((event) => event.listenerCount)).toEqual([
      0, 0, 0, 0,
    ]);
  });
});
