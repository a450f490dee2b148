import * as vscode from 'vscode';
import { sentenceOf } from '../../common/errors.ts';
import { localized } from '../../common/localization/localize.ts';
import { type LineRange, noSuchUnitError, type SuggestionClient } from '../../completion/index.ts';
import { dequantized } from '../../units/index.ts';
import { isAnnotated, visibleLines } from '../editors/annotated-editors.ts';
import { ShownDocuments } from '../editors/shown-documents.ts';
import { nameOf } from '../inline-completion/editor-text.ts';
import { showInStatusBar } from '../status/notifications.ts';
import { type ShownUnit, UnitDisplay } from './unit-display.ts';

/** What the view needs of the client. */
export interface UnitSource extends Pick<SuggestionClient, 'revision' | 'status'> {
  readonly units: Pick<SuggestionClient['units'], 'read' | 'end' | 'network'>;
}

/** How long nothing is typed, or scrolled, before a document is read anew. */
const TYPING_PAUSE_MS = 100;
const SCROLLING_PAUSE_MS = 40;
/** Lines above and below those on screen that are coloured, too, so that scrolling shows no white. */
const MARGIN_LINES = 40;

/** What is known of a document. */
interface ReadLines {
  /** Quantised values of the lines read last, by UTF-16 unit. */
  lines: ReadonlyMap<number, Int8Array>;
  /** Whether these are of the unit and the text as they are now. */
  isCurrent: boolean;
}

/**
 * Colours the editors on screen by the value of one hidden unit. The worker reads the documents; nothing is computed
 * while no unit is shown.
 */
export class UnitView implements vscode.Disposable {
  private readonly client: UnitSource;
  private readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  private readonly listener: vscode.Disposable;
  private readonly documents = new ShownDocuments<ReadLines>({
    initial: () => ({ lines: new Map<number, Int8Array>(), isCurrent: false }),
    run: (document, read, signal) => this.read(document, read, signal),
    show: (document) => this.colour(document),
  });
  private current: ShownUnit | undefined;
  private display: UnitDisplay | undefined;
  /** The client's revision, and the shape of its network, by which was read. */
  private readBy = { revision: -1, shape: '' };

  constructor(client: UnitSource, log: Pick<vscode.LogOutputChannel, 'warn'>) {
    this.client = client;
    this.log = log;
    this.listener = vscode.Disposable.from(
      vscode.window.onDidChangeVisibleTextEditors(() => this.refresh()),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor: { document } }) => {
        if (this.documents.get(document) && !this.isCovered(document))
          this.documents.begin(document, SCROLLING_PAUSE_MS);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const shown = this.documents.get(document);
        if (!shown || contentChanges.length === 0) return;
        shown.isCurrent = false;
        if (isAnnotated(document)) this.documents.begin(document, TYPING_PAUSE_MS);
        else this.refresh();
      }),
    );
  }

  /** The unit that is shown; undefined where none is. */
  get shown(): ShownUnit | undefined {
    return this.current;
  }

  /** Shows a unit in place of another one, or none. */
  show(unit: ShownUnit | undefined): void {
    if (unit?.unit === this.current?.unit && unit?.follows === this.current?.follows) return;
    this.current = unit;
    if (!unit) return this.end();
    this.display ??= new UnitDisplay((document, position) => this.valueAt(document, position));
    this.display.describe(unit);
    this.readBy = this.networkNow();
    for (const document of this.documents.all) {
      // The values are those of the unit before.
      this.documents.get(document)!.isCurrent = false;
      this.documents.begin(document, 0);
    }
    this.refresh();
  }

  /** The client's status may have changed: documents are read anew once another network is loaded. */
  noteNetwork(): void {
    if (!this.current) return;
    const now = this.networkNow();
    if (this.client.status.kind === 'noModel') return this.show(undefined);
    if (this.client.units.network === undefined || now.revision === this.readBy.revision) return;
    // A number means another unit in a network of another shape.
    if (now.shape !== this.readBy.shape) {
      this.show(undefined);
      showInStatusBar(localized(noSuchUnitError().sentence));
      return;
    }
    this.readBy = now;
    for (const document of this.documents.all) this.documents.begin(document, 0);
  }

  /** The value of the unit that is shown behind a character, from -1 to 1; undefined where it is not known. */
  valueAt(document: vscode.TextDocument, { line, character }: vscode.Position): number | undefined {
    const shown = this.documents.get(document);
    const value = shown?.isCurrent ? shown.lines.get(line)?.[character] : undefined;
    return value === undefined ? undefined : dequantized(value);
  }

  dispose(): void {
    this.listener.dispose();
    this.current = undefined;
    this.end();
  }

  /** Brings what is coloured in line with what is on screen. */
  private refresh(): void {
    if (this.current) this.documents.refresh();
  }

  private end(): void {
    if (!this.display) return;
    this.documents.clear();
    this.display.dispose();
    this.display = undefined;
    this.client.units.end();
  }

  private networkNow(): { revision: number; shape: string } {
    const { revision, units } = this.client;
    return { revision, shape: units.network ? `${units.network.layers} ${units.network.units}` : '' };
  }

  /** Reads a document; the colours that are there stay, and move with the text, until the end. */
  private async read(document: vscode.TextDocument, shown: ReadLines, signal: AbortSignal): Promise<void> {
    const lines = new Map<number, Int8Array>();
    try {
      const request = {
        document: nameOf(document),
        text: document.getText(),
        lines: colouredLines(document),
        unit: this.current!.unit,
      };
      await this.client.units.read(
        request,
        (read) => {
          for (const { line, values } of read) lines.set(line, values);
        },
        signal,
      );
      if (signal.aborted) return;
      shown.lines = lines;
      shown.isCurrent = true;
      this.colour(document);
    } catch (error) {
      if (!signal.aborted) this.log.warn(`no unit is shown in ${nameOf(document)}: ${sentenceOf(error)}`);
    }
  }

  private isCovered(document: vscode.TextDocument): boolean {
    const lines = this.documents.get(document)?.lines;
    return visibleLines(document).every(({ from, to }) => lines?.has(from) && lines.has(to - 1));
  }

  private colour(document: vscode.TextDocument): void {
    const lines = this.documents.get(document)?.lines ?? new Map<number, Int8Array>();
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document) this.display?.decorations.show(editor, lines);
    }
  }
}

/** The lines on screen and some around them. */
function colouredLines(document: vscode.TextDocument): LineRange[] {
  return visibleLines(document).map(({ from, to }) => ({
    from: Math.max(0, from - MARGIN_LINES),
    to: to + MARGIN_LINES,
  }));
}
