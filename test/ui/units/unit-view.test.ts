import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { ModelSummary, UnitLine, UnitToRead, WorkerStatus } from '../../../src/completion/index.ts';
import { UnitView } from '../../../src/ui/units/unit-view.ts';
import { quantized } from '../../../src/units/index.ts';
import { fake, resetFake } from '../../vscode-fake/index.ts';
import { documentOf } from '../inline-completion/editor-document.ts';

interface Run {
  readonly request: UnitToRead;
  readonly onLines: (lines: readonly UnitLine[]) => void;
  readonly signal: AbortSignal;
  readonly end: () => void;
  readonly fail: (error: Error) => void;
}

const document = documentOf('int a = 1;\nint b;\n');
const other = documentOf('int b;\n', { path: '/b.c' });
const unit = { unit: 3, name: 'Unit 4', follows: 'follows being inside a string, r = +0.83' };

const valuesOf = (...values: number[]) => Int8Array.from(values, quantized);

let runs: Run[];
let ended: number;
let warnings: string[];
let revision: number;
let status: WorkerStatus;
let network: Pick<ModelSummary, 'layers' | 'units'> | undefined;
let view: UnitView;
/** Ranges by the colours of their types, in the editor that was coloured last. */
let coloured: Map<string, string[]>;

function editorOf(of: vscode.TextDocument, from = 0, to = 1) {
  return {
    document: of,
    visibleRanges: [{ start: { line: from }, end: { line: to } }],
    setDecorations: (
      type: { options: { backgroundColor: { id: string } } },
      ranges: { start: number; end: number }[],
    ) => {
      coloured.set(
        type.options.backgroundColor.id,
        ranges.map((range) => JSON.stringify(range)),
      );
    },
  };
}

function show(...editors: ReturnType<typeof editorOf>[]): void {
  fake.visibleTextEditors = editors;
  fake.events.visibleEditors.fire(undefined);
}

const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

const coloursShown = () => [...coloured].filter(([, ranges]) => ranges.length > 0).map(([id]) => id);

function hoverAt(line: number, character: number, of = document): string | undefined {
  const [provider] = fake.hoverProviders;
  const hover = provider?.provideHover(of, { line, character }) as
    { contents: { value: string } } | undefined;
  return hover?.contents.value;
}

async function read(values: Int8Array): Promise<void> {
  await settle();
  runs.at(-1)!.onLines([{ line: 0, values }]);
  runs.at(-1)!.end();
  await settle();
}

beforeEach(() => {
  resetFake();
  vi.useFakeTimers();
  [runs, ended, warnings, revision, network] = [[], 0, [], 1, { layers: 1, units: 4 }];
  status = { kind: 'ready', summary: {} as ModelSummary };
  coloured = new Map();
  view = new UnitView(
    {
      units: {
        read: (request, onLines, signal) =>
          new Promise((end, fail) => runs.push({ request, onLines, signal, end, fail })),
        end: () => void ended++,
        get network() {
          return network as ModelSummary | undefined;
        },
      },
      get revision() {
        return revision;
      },
      get status() {
        return status;
      },
    },
    { warn: (line: string) => void warnings.push(line) },
  );
});

afterEach(() => {
  view.dispose();
  vi.useRealTimers();
});

describe('UnitView', () => {
  it('reads what is on screen and some lines around it, and colours it', async () => {
    show(editorOf(document, 100, 120));
    view.show(unit);
    await settle();
    expect(runs.map(({ request }) => request)).toEqual([
      { document: '/a.c', text: document.getText(), lines: [{ from: 60, to: 161 }], unit: 3 },
    ]);
    await read(valuesOf(1, -1, 0, 0.5));
    expect(coloursShown().sort()).toEqual([
      'charRnn.unitNegative4',
      'charRnn.unitPositive2',
      'charRnn.unitPositive4',
    ]);
  });

  it('says once that a document is too long to be coloured, and again when a unit is shown anew', async () => {
    const long = documentOf('a'.repeat(1_000_001), { path: '/long.c' });
    view.show(unit);
    show(editorOf(long));
    show(editorOf(document), editorOf(long));
    await settle();
    const sentence =
      'Nothing is coloured or marked in long.c, because it has more than 1,000,000 characters.';
    expect(fake.statusBarMessages).toEqual([sentence]);
    view.show(undefined);
    view.show(unit);
    expect(fake.statusBarMessages).toEqual([sentence, sentence]);
  });

  it('says on hovering what the unit holds, and in the status bar which one it is', async () => {
    show(editorOf(document));
    view.show(unit);
    await read(valuesOf(1, -0.5));
    expect(hoverAt(0, 1)).toContain('Unit 4: −0.50');
    expect(hoverAt(0, 1)).toContain('It follows being inside a string, r = +0.83.');
    expect(hoverAt(1, 0)).toBeUndefined();
    const [item] = fake.statusBarItems;
    expect(item).toMatchObject({ isShown: true, text: '$(symbol-color) Unit 4' });
    expect(item.tooltip).toContain('being inside a string');
    expect(item.accessibilityInformation).toEqual({ label: expect.stringContaining('Unit 4') as string });
  });

  it.each([
    ['a`b', 1, '`` ` ``'],
    ['a b', 1, '`␣`'],
    ['\tb', 0, '`⇥`'],
    ['f({', 2, '`{`'],
    ['*_\\', 2, '`\\`'],
    ['a😀', 1, '`😀`'],
    ['a😀', 2, '`😀`'],
    ['e\u0301', 1, '`e\u0301`'],
  ])('shows the whole character, as it is, behind which that is: %j at %i', async (text, at, code) => {
    const document = documentOf(text);
    show(editorOf(document));
    view.show(unit);
    await read(valuesOf(1, 1, 1));
    expect(hoverAt(0, at, document)).toContain(`**Unit 4: +1.00** (Char-RNN) behind ${code}\n`);
  });

  it('takes everything away when none is shown', async () => {
    show(editorOf(document));
    view.show(unit);
    await settle();
    view.show(undefined);
    expect([runs[0].signal.aborted, ended, fake.hoverProviders.size]).toEqual([true, 1, 0]);
    expect(fake.statusBarItems[0].isShown).toBe(false);
    show(editorOf(other));
    await settle(1000);
    expect(runs.length).toBe(1);
  });

  it('shows another unit at once', async () => {
    show(editorOf(document));
    view.show(unit);
    await read(valuesOf(1));
    view.show({ unit: 0, name: 'Unit 1' });
    expect(hoverAt(0, 0)).toBeUndefined();
    await read(valuesOf(-1));
    expect(runs.map(({ request }) => request.unit)).toEqual([3, 0]);
    expect(coloursShown()).toEqual(['charRnn.unitNegative4']);
    expect(hoverAt(0, 0)).not.toContain('follows');
  });

  it('reads anew once nothing is typed, the colours staying meanwhile but no value being said', async () => {
    show(editorOf(document));
    view.show(unit);
    await read(valuesOf(1));
    const type = () => fake.events.textDocument.fire({ document, contentChanges: [{}] });
    type();
    await settle(80);
    type();
    await settle(80);
    expect(runs.length).toBe(1);
    expect(coloursShown()).toEqual(['charRnn.unitPositive4']);
    expect(hoverAt(0, 0)).toBeUndefined();
    await settle(40);
    await read(valuesOf(-1));
    expect([runs.length, coloursShown()]).toEqual([2, ['charRnn.unitNegative4']]);
    expect(hoverAt(0, 0)).toContain('−1.00');
  });

  it('reads on where the person scrolls to lines that are not known', async () => {
    const scrolled = (from: number, to: number) => {
      const editor = editorOf(document, from, to);
      fake.visibleTextEditors = [editor];
      fake.events.visibleRanges.fire({ textEditor: editor });
    };
    show(editorOf(document, 0, 0));
    view.show(unit);
    await read(valuesOf(1));
    scrolled(0, 0);
    await settle(1000);
    expect(runs.length).toBe(1);
    scrolled(90, 99);
    await settle(1000);
    expect(runs.map(({ request }) => request.lines)).toEqual([
      [{ from: 0, to: 41 }],
      [{ from: 50, to: 140 }],
    ]);
  });

  it('ends what is computed for editors that are hidden', async () => {
    show(editorOf(document));
    view.show(unit);
    await settle();
    show(editorOf(other));
    await settle();
    expect(runs.map(({ request, signal }) => [request.document, signal.aborted])).toEqual([
      ['/a.c', true],
      ['/b.c', false],
    ]);
  });

  it('reads anew with each checkpoint, and hides the unit where the network has another shape or is gone', async () => {
    show(editorOf(document));
    view.show(unit);
    await read(valuesOf(1));
    view.noteNetwork();
    await settle();
    expect(runs.length).toBe(1);
    network = undefined;
    status = { kind: 'loading' };
    view.noteNetwork();
    expect(view.shown).toBe(unit);
    [revision, network, status] = [
      2,
      { layers: 1, units: 4 },
      { kind: 'ready', summary: {} as ModelSummary },
    ];
    view.noteNetwork();
    await settle();
    expect(runs.length).toBe(2);
    [revision, network] = [3, { layers: 2, units: 2 }];
    view.noteNetwork();
    expect(view.shown).toBeUndefined();
    expect(fake.statusBarMessages).toEqual(['The network has no such unit any more; choose another one.']);
    view.show(unit);
    status = { kind: 'noModel' };
    view.noteNetwork();
    expect(view.shown).toBeUndefined();
  });

  it('looks at no output, log or huge document', async () => {
    show(
      editorOf(documentOf('a', { scheme: 'output' })),
      editorOf(documentOf('x'.repeat(1_000_001), { path: '/c.c' })),
    );
    view.show(unit);
    await settle();
    expect(runs).toEqual([]);
  });

  it('logs why a document cannot be read', async () => {
    show(editorOf(document));
    view.show(unit);
    await settle();
    runs[0].fail(new Error('no memory'));
    await settle();
    expect(warnings).toEqual(['no unit is shown in /a.c: no memory']);
  });
});
