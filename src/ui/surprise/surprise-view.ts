import * as vscode from 'vscode';
import { sentenceOf } from '../../common/errors.ts';
import type { SuggestionClient } from '../../completion/index.ts';
import type { LineSurprise } from '../../surprise/index.ts';
import { isAnnotated, visibleLines } from '../editors/annotated-editors.ts';
import { ShownDocuments } from '../editors/shown-documents.ts';
import { nameOf } from '../inline-completion/editor-text.ts';
import { Decorations } from './decorations.ts';
import { type Mark, marksOf, rulerLines } from './marks.ts';

/** What the view needs of the client. */
export interface SurpriseSource extends Pick<SuggestionClient, 'workspace'> {
  readonly surprise: Pick<SuggestionClient['surprise'], 'rate' | 'end'>;
}

/** The settings of this view. */
export interface SurpriseSettings {
  readonly isOn: boolean;
  /** Bits from which a line is marked. */
  readonly threshold: number;
}

/** How long nothing is typed before lines are rated anew. */
const PAUSE_MS = 250;
/** Time between two updates of the marks while lines are rated the first time. */
const UPDATE_MS = 100;

/** What is known of a document. */
interface RatedLines {
  /** By number, of the last run that ended or is the first. */
  lines: ReadonlyMap<number, LineSurprise>;
}

/**
 * Marks what this code base would hardly have written, in the editors that are on screen. The worker rates the lines;
 * nothing is computed for other documents, and nothing at all while the setting is off.
 */
export class SurpriseView implements vscode.Disposable {
  private readonly client: SurpriseSource;
  private readonly settings: () => SurpriseSettings;
  private readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  private readonly listener: vscode.Disposable;
  private readonly shown = new ShownDocuments<RatedLines>({
    initial: () => ({ lines: new Map<number, LineSurprise>() }),
    run: (document, rated, signal) => this.rate(document, rated, signal),
    show: (document) => this.mark(document),
  });
  private decorations: Decorations | undefined;
  /** The files and characters of the workspace that the lines were rated by. */
  private ratedBy = '';

  constructor(
    client: SurpriseSource,
    settings: () => SurpriseSettings,
    log: Pick<vscode.LogOutputChannel, 'warn'>,
  ) {
    this.client = client;
    this.settings = settings;
    this.log = log;
    this.listener = vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('charRnn.surprise')) this.refresh();
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.refresh()),
      // A document whose language changes is closed and opened as far as VS Code reports, and stays on screen.
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (this.shown.get(document)) this.shown.begin(document, 0);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0 || !this.shown.get(document)) return;
        if (isAnnotated(document)) this.shown.begin(document, PAUSE_MS);
        else this.refresh();
      }),
    );
    this.refresh();
  }

  /** The rated lines of a document; none where it is not shown. */
  linesOf(document: vscode.TextDocument): readonly LineSurprise[] {
    return [...(this.shown.get(document)?.lines.values() ?? [])];
  }

  /** What is marked in a document; nothing where it is not shown. */
  marksOf(document: vscode.TextDocument): readonly Mark[] {
    const { threshold } = this.settings();
    return marksOf(this.presentLines(document), threshold, (line) => document.lineAt(line).text.length);
  }

  /** The client's status may have changed: lines are rated anew once other files are known. */
  noteWorkspace(): void {
    const { workspace } = this.client;
    if (!workspace?.isComplete) return;
    const known = `${workspace.files} ${workspace.characters}`;
    if (known === this.ratedBy) return;
    this.ratedBy = known;
    for (const document of this.shown.all) this.shown.begin(document, 0);
  }

  dispose(): void {
    this.listener.dispose();
    this.end();
  }

  /** Brings what is marked in line with the settings and with what is on screen. */
  private refresh(): void {
    if (!this.settings().isOn) return this.end();
    this.decorations ??= new Decorations();
    this.shown.refresh();
  }

  private end(): void {
    if (!this.decorations) return;
    this.shown.clear();
    this.decorations.dispose();
    this.decorations = undefined;
    this.client.surprise.end();
  }

  /** Rates a document; where it was rated before, the marks stay, and move with the text, until the end. */
  private async rate(document: vscode.TextDocument, shown: RatedLines, signal: AbortSignal): Promise<void> {
    const isFirst = shown.lines.size === 0;
    const lines = new Map<number, LineSurprise>();
    let updated = performance.now();
    const update = (): void => {
      shown.lines = lines;
      this.mark(document);
      updated = performance.now();
    };
    try {
      const request = {
        document: nameOf(document),
        text: document.getText(),
        languageId: document.languageId,
        first: visibleLines(document),
      };
      await this.client.surprise.rate(
        request,
        (rated) => {
          for (const line of rated) lines.set(line.line, line);
          if (isFirst && !signal.aborted && performance.now() - updated > UPDATE_MS) update();
        },
        signal,
      );
      if (!signal.aborted) update();
    } catch (error) {
      if (!signal.aborted) this.log.warn(`no surprise is shown in ${nameOf(document)}: ${sentenceOf(error)}`);
    }
  }

  /** Rated lines that the document still has. */
  private presentLines(document: vscode.TextDocument): readonly LineSurprise[] {
    return this.linesOf(document).filter(({ line }) => line < document.lineCount);
  }

  private mark(document: vscode.TextDocument): void {
    const marks = this.marksOf(document);
    const worst = rulerLines(this.presentLines(document), this.settings().threshold);
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document) this.decorations?.show(editor, marks, worst);
    }
  }
}
