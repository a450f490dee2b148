import * as vscode from 'vscode';
import { basename } from 'node:path';
import { localize } from '../../common/localization/localize.ts';
import { numberText } from '../../common/localization/numbers.ts';
import { MAX_ANNOTATED_LENGTH } from '../../completion/index.ts';
import { showInStatusBar } from '../status/notifications.ts';
import { isAnnotated, isTooLong } from './annotated-editors.ts';

/** What becomes of the documents on screen. */
export interface ShownDocumentsContext<Found> {
  /** What is known of a document that has just come on screen. */
  initial(): Found;
  /** Finds out anew what is to be known, until the signal is aborted. */
  run(document: vscode.TextDocument, found: Found, signal: AbortSignal): Promise<void>;
  /** Shows what is known of a document that is on screen, or nothing of one that became too long. */
  show(document: vscode.TextDocument): void;
}

interface Shown<Found> {
  readonly found: Found;
  /** Ends the run that is under way or waits for a pause. */
  readonly run: AbortController;
}

/** The documents whose text is annotated while they are on screen, each with what is known of it. */
export class ShownDocuments<Found> {
  private readonly context: ShownDocumentsContext<Found>;
  private readonly shown = new Map<vscode.TextDocument, Shown<Found>>();
  /** Documents that are too long, of which this was said. */
  private reported = new WeakSet<vscode.TextDocument>();

  constructor(context: ShownDocumentsContext<Found>) {
    this.context = context;
  }

  /** What is known of a document; undefined where it is not shown. */
  get(document: vscode.TextDocument): Found | undefined {
    return this.shown.get(document)?.found;
  }

  /** The documents that are shown. */
  get all(): readonly vscode.TextDocument[] {
    return [...this.shown.keys()];
  }

  /** Brings them in line with what is on screen; runs begin for those that are new. */
  refresh(): void {
    const visible = new Set(vscode.window.visibleTextEditors.map((editor) => editor.document));
    for (const document of visible) if (isTooLong(document)) this.reportLength(document);
    const documents = new Set([...visible].filter(isAnnotated));
    for (const [document, { run }] of this.shown) {
      if (documents.has(document)) continue;
      run.abort();
      this.shown.delete(document);
      // One that has become too long is still on screen.
      this.context.show(document);
    }
    for (const document of documents) {
      if (this.shown.has(document)) this.context.show(document);
      else this.begin(document, 0);
    }
  }

  /** Begins a run in place of the one under way, after a pause in which none was begun. */
  begin(document: vscode.TextDocument, pauseMs: number): void {
    const before = this.shown.get(document);
    before?.run.abort();
    const found = before?.found ?? this.context.initial();
    const run = new AbortController();
    const timer = setTimeout(() => void this.context.run(document, found, run.signal), pauseMs);
    run.signal.addEventListener('abort', () => clearTimeout(timer));
    this.shown.set(document, { found, run });
  }

  /** Ends all runs and forgets what is known. */
  clear(): void {
    for (const { run } of this.shown.values()) run.abort();
    this.shown.clear();
    this.reported = new WeakSet();
  }

  private reportLength(document: vscode.TextDocument): void {
    if (this.reported.has(document)) return;
    this.reported.add(document);
    const name = basename(document.uri.fsPath);
    const max = numberText(MAX_ANNOTATED_LENGTH);
    showInStatusBar(
      localize`Nothing is coloured or marked in ${name}, because it has more than ${max} characters.`,
    );
  }
}
