import * as vscode from 'vscode';
import { sentenceOf } from '../../../common/errors.ts';
import type { CountsBySpan, SuggestionCounts } from '../../../panel/index.ts';
import { changesOf, nameOf } from '../../inline-completion/editor-text.ts';
import {
  type AcceptedSuggestion,
  SUGGESTION_TAKEN,
  type SuggestionObserver,
} from '../../inline-completion/observer.ts';
import { AcceptedTexts } from './accepted-texts.ts';
import type { CountsFile } from './counts-file.ts';
import { countsBySpan, type DayCounts, dayOf, mergeCounts, withCounts } from './day-counts.ts';

/** Counts are written together, so long after the first of them. */
const WRITE_AFTER_MS = 10_000;

/** Counts suggestions that are shown and taken, and whether what was taken is still there five minutes later. */
export class SuggestionTally implements SuggestionObserver, vscode.Disposable {
  private readonly file: CountsFile;
  private readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires when there is more to count. */
  readonly onDidChange = this.changed.event;
  private readonly taken = new vscode.EventEmitter<void>();
  /** Fires when a suggestion was accepted as a whole. */
  readonly onDidTake = this.taken.event;
  private readonly accepted = new AcceptedTexts();
  /** What is not in the file yet. */
  private unwritten: DayCounts = {};
  private writing: ReturnType<typeof setTimeout> | undefined;
  private judging: ReturnType<typeof setTimeout> | undefined;
  private readonly owned: vscode.Disposable[];

  constructor(file: CountsFile, log: Pick<vscode.LogOutputChannel, 'warn'>) {
    this.file = file;
    this.log = log;
    this.owned = [
      vscode.commands.registerCommand(SUGGESTION_TAKEN, (taken: AcceptedSuggestion) => this.noteTaken(taken)),
      vscode.workspace.onDidChangeTextDocument((event) =>
        this.accepted.noteChange(nameOf(event.document), changesOf(event, 0)),
      ),
      vscode.workspace.onDidCloseTextDocument((document) =>
        this.accepted.noteClose(nameOf(document), () => document.getText()),
      ),
    ];
  }

  noteShown(language: string): void {
    this.count(language, { shown: 1 });
  }

  /** All counts, by spans of days up to today. */
  async counts(): Promise<CountsBySpan> {
    return countsBySpan(mergeCounts(await this.file.read(), this.unwritten), new Date());
  }

  /** Forgets all counts, and what would still be counted. */
  async forget(): Promise<void> {
    this.unwritten = {};
    this.accepted.clear();
    await this.file.forget();
    this.changed.fire();
  }

  dispose(): void {
    clearTimeout(this.writing);
    clearTimeout(this.judging);
    for (const disposable of this.owned) disposable.dispose();
    this.changed.dispose();
    this.taken.dispose();
    void this.write();
  }

  private noteTaken({ document, language, start, text }: AcceptedSuggestion): void {
    this.taken.fire();
    this.count(language, { taken: 1, characters: [...text].length });
    this.accepted.add(document, start, text, language, Date.now());
    this.scheduleJudging();
  }

  private scheduleJudging(): void {
    const dueMs = this.accepted.nextDueMs;
    if (dueMs === undefined || this.judging !== undefined) return;
    this.judging = setTimeout(() => this.judge(), Math.max(0, dueMs - Date.now()));
  }

  private judge(): void {
    this.judging = undefined;
    const contentOf = (name: string): string | undefined =>
      vscode.workspace.textDocuments.find((document) => nameOf(document) === name)?.getText();
    for (const { language, isKept } of this.accepted.judge(Date.now(), contentOf))
      this.count(language, { judged: 1, ...(isKept && { kept: 1 }) });
    this.scheduleJudging();
  }

  private count(language: string, added: Partial<SuggestionCounts>): void {
    this.unwritten = withCounts(this.unwritten, dayOf(new Date()), language, added);
    this.writing ??= setTimeout(() => void this.write(), WRITE_AFTER_MS);
    this.changed.fire();
  }

  private async write(): Promise<void> {
    clearTimeout(this.writing);
    this.writing = undefined;
    const counts = this.unwritten;
    if (Object.keys(counts).length === 0) return;
    this.unwritten = {};
    try {
      await this.file.add(counts, new Date());
    } catch (error) {
      this.unwritten = mergeCounts(this.unwritten, counts);
      this.log.warn(`suggestions that were counted are not saved yet: ${sentenceOf(error)}`);
    }
  }
}
