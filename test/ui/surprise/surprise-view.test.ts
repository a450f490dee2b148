import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { DocumentToRate, WorkspaceSummary } from '../../../src/completion/index.ts';
import type { LineSurprise } from '../../../src/surprise/index.ts';
import { SurpriseView } from '../../../src/ui/surprise/surprise-view.ts';
import { configure, fake, resetFake } from '../../vscode-fake/index.ts';
import { documentOf } from '../inline-completion/editor-document.ts';

interface Run {
  readonly request: DocumentToRate;
  readonly onLines: (lines: readonly LineSurprise[]) => void;
  readonly signal: AbortSignal;
  readonly end: () => void;
  readonly fail: (error: Error) => void;
}

const worst = { start: 4, end: 8, surprise: 5, bits: 9, expected: 'read' };
const wrongLine: LineSurprise = { line: 1, surprise: 5, worst, tokens: [worst] };

const document = documentOf('int a = 1;\nint raed;\n');
const other = documentOf('int b;\n', { path: '/b.c' });

let runs: Run[];
let ended: number;
let warnings: string[];
let isOn: boolean;
let summary: WorkspaceSummary | undefined;
let view: SurpriseView;
/** Decorations by editor: ranges and what hovering says, of all types together. */
let shown: Map<unknown, { hover: string }[]>;

function editorOf(of: vscode.TextDocument) {
  const byType = new Map<unknown, { hover: string }[]>();
  const editor = {
    document: of,
    visibleRanges: [{ start: { line: 0 }, end: { line: 1 } }],
    setDecorations: (type: unknown, options: { hoverMessage?: { value: string } }[]) => {
      byType.set(
        type,
        options.map(({ hoverMessage }) => ({ hover: hoverMessage?.value ?? '' })),
      );
      shown.set(editor, [...byType.values()].flat());
    },
  };
  return editor;
}

function show(...documents: vscode.TextDocument[]): void {
  fake.visibleTextEditors = documents.map(editorOf);
  fake.events.visibleEditors.fire(undefined);
}

function begin(): void {
  view = new SurpriseView(
    {
      surprise: {
        rate: (request, onLines, signal) =>
          new Promise((end, fail) => runs.push({ request, onLines, signal, end, fail })),
        end: () => void ended++,
      },
      get workspace() {
        return summary;
      },
    },
    () => ({ isOn, threshold: 1 }),
    { warn: (line: string) => void warnings.push(line) },
  );
}

async function settle(milliseconds = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

beforeEach(() => {
  resetFake();
  vi.useFakeTimers();
  [runs, warnings, ended, isOn, summary] = [[], [], 0, true, undefined];
  shown = new Map();
});

afterEach(() => {
  view.dispose();
  vi.useRealTimers();
});

describe('SurpriseView', () => {
  it('rates what is on screen, what is seen first, and says on hovering what was expected', async () => {
    begin();
    show(document);
    await settle();
    expect(runs.map(({ request }) => request)).toEqual([
      { document: '/a.c', text: document.getText(), languageId: 'c', first: [{ from: 0, to: 2 }] },
    ]);
    runs[0].onLines([wrongLine]);
    runs[0].end();
    await settle();
    expect(view.linesOf(document)).toEqual([wrongLine]);
    const [mark] = [...shown.values()].flat().filter(({ hover }) => hover !== '');
    expect(mark.hover).toContain('Surprise: 5.0 bits');
    expect(mark.hover).toContain('one chance in 32');
    expect(mark.hover).toContain('9.0 bits, 2.3 a character');
    expect(mark.hover).toContain('Expected rather: read');
  });

  it('does nothing while it is off, and takes the marks away when it is turned off', async () => {
    isOn = false;
    begin();
    show(document);
    await settle(1000);
    expect(runs).toEqual([]);
    isOn = true;
    configure({ 'charRnn.surprise.enabled': true });
    await settle();
    expect(runs.length).toBe(1);
    isOn = false;
    configure({ 'charRnn.surprise.enabled': false });
    expect([runs[0].signal.aborted, ended, view.linesOf(document)]).toEqual([true, 1, []]);
  });

  it('ends what is computed for editors that are hidden', async () => {
    begin();
    show(document);
    await settle();
    show(other);
    await settle();
    expect(runs.map(({ request, signal }) => [request.document, signal.aborted])).toEqual([
      ['/a.c', true],
      ['/b.c', false],
    ]);
  });

  it('rates anew once nothing is typed, the marks staying meanwhile', async () => {
    begin();
    show(document);
    await settle();
    runs[0].onLines([wrongLine]);
    runs[0].end();
    await settle();
    const type = () => fake.events.textDocument.fire({ document, contentChanges: [{}] });
    type();
    await settle(200);
    type();
    await settle(200);
    expect(runs.length).toBe(1);
    await settle(100);
    expect(runs.length).toBe(2);
    expect(view.linesOf(document)).toEqual([wrongLine]);
    runs[1].end();
    await settle();
    expect(view.linesOf(document)).toEqual([]);
  });

  it('rates anew in another language', async () => {
    begin();
    show(document);
    await settle();
    fake.events.openedDocument.fire(other);
    fake.events.closedDocument.fire(document);
    vi.spyOn(document, 'languageId', 'get').mockReturnValue('cpp');
    fake.events.openedDocument.fire(document);
    await settle();
    expect(runs.map(({ request, signal }) => [request.languageId, signal.aborted])).toEqual([
      ['c', true],
      ['cpp', false],
    ]);
    vi.restoreAllMocks();
  });

  it('rates anew once other files are known, and only then', async () => {
    begin();
    show(document);
    await settle();
    summary = { files: 2, characters: 30, bytes: 1, isComplete: false };
    view.noteWorkspace();
    await settle();
    expect(runs.length).toBe(1);
    summary = { ...summary, isComplete: true };
    view.noteWorkspace();
    view.noteWorkspace();
    await settle();
    expect(runs.length).toBe(2);
  });

  it('looks at no output, log or huge document', async () => {
    begin();
    show(documentOf('a', { scheme: 'output' }), documentOf('x'.repeat(1_000_001), { path: '/c.c' }));
    await settle();
    expect(runs).toEqual([]);
  });

  it('takes the marks away from a document that becomes huge', async () => {
    begin();
    const growing = documentOf('int a = 1;\nint raed;\n', { path: '/d.c' });
    show(growing);
    await settle();
    runs[0].onLines([wrongLine]);
    runs[0].end();
    await settle();
    const marks = () => [...shown.values()].flat().length;
    expect(marks()).toBeGreaterThan(0);
    vi.spyOn(growing, 'offsetAt').mockReturnValue(1_000_001);
    fake.events.textDocument.fire({ document: growing, contentChanges: [{}] });
    await settle(1000);
    expect([runs.length, view.linesOf(growing), marks()]).toEqual([1, [], 0]);
  });

  it('logs why lines cannot be rated', async () => {
    begin();
    show(document);
    await settle();
    runs[0].fail(new Error('no memory'));
    await settle();
    expect(warnings).toEqual(['no surprise is shown in /a.c: no memory']);
  });
});
