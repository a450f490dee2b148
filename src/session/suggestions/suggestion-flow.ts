import { sleep } from '../../common/sleep.ts';
import { DismissedText, TypedThrough } from '../../completion/index.ts';
import type {
  DocumentText,
  Eagerness,
  Suggestion,
  SuggestionClient,
  SuggestionRequest,
  Surroundings,
  TextChange,
} from '../../completion/index.ts';
import { RecentChanges } from './recent-changes.ts';

/** What the flow needs of the client. */
export type SuggestionSource = Pick<SuggestionClient, 'canSuggest' | 'revision' | 'follow' | 'suggest'>;

/** The settings of one request; they are read at every request, so that a change applies to the next key. */
export interface SuggestionSettings {
  readonly temperature: number;
  readonly maxLength: number;
  /** Milliseconds without a change before anything is suggested that was not asked for by hand. */
  readonly delay: number;
  readonly eagerness: Eagerness;
  /** Whether only what is asked for by hand is suggested. */
  readonly isSnoozed: boolean;
}

/** A text as the worker knows it. */
export interface NamedText extends DocumentText {
  /** The path for files, as in the corpus. */
  readonly name: string;
}

/** A cursor for which a suggestion is wanted. */
export interface CursorRequest extends Pick<SuggestionRequest, 'languageId' | 'indentation' | 'explicit'> {
  readonly text: NamedText;
  readonly surroundings: Surroundings;
  /** The cursor in the text, in UTF-16 units. */
  readonly offset: number;
  /** What the suggestion must begin with, LF line ends; empty: anything. */
  readonly beginning: string;
}

/** Schemes of the URIs of documents that people write, unlike logs, outputs and diffs. */
export const WRITTEN_SCHEMES: readonly string[] = ['file', 'vscode-remote', 'untitled'];

/** Whether people write documents whose URIs have this scheme. */
export function isWrittenScheme(scheme: string): boolean {
  return WRITTEN_SCHEMES.includes(scheme);
}

/**
 * From a cursor to the texts that are shown there: what is shown already goes on while its characters are typed, nothing
 * is suggested while text is deleted, and what was undone or hidden by hand does not come back by itself.
 */
export class SuggestionFlow {
  private readonly client: SuggestionSource;
  private readonly typedThrough = new TypedThrough();
  private readonly recent = new RecentChanges();
  private readonly dismissed = new DismissedText();
  /** When a document changed last, or suggestions began, in ms of `performance.now()`. */
  private changedAt = performance.now();

  constructor(client: SuggestionSource) {
    this.client = client;
  }

  /** Records the changes of one event, before a suggestion is requested there. @param name as in `NamedText` */
  noteChange(name: string, changes: readonly TextChange[]): void {
    this.changedAt = performance.now();
    this.recent.note(name, changes);
  }

  /** The user hid what is shown. */
  dismiss(): void {
    const shown = this.typedThrough.take();
    if (shown) this.dismissed.dismiss(shown.request, shown.text);
  }

  /** Whether a suggestion that nobody asked for by hand may be made in a document now. */
  isWelcome(name: string, { isSnoozed }: Pick<SuggestionSettings, 'isSnoozed'>): boolean {
    return !isSnoozed && !this.recent.isQuiet(name);
  }

  /**
   * The texts to show at a cursor, the best first, with LF line ends; more than one only where they were asked for by
   * hand.
   * @param others texts that are open and not saved, which the worker is to follow, too.
   * @param onShown called where a text comes on screen that was not there before.
   */
  async textsFor(
    { text, surroundings, ...cursor }: CursorRequest,
    settings: SuggestionSettings,
    signal: AbortSignal,
    others: () => readonly NamedText[],
    onShown: () => void = () => undefined,
  ): Promise<readonly string[]> {
    const { explicit } = cursor;
    if (!this.client.canSuggest || signal.aborted) return [];
    if (!explicit && !this.isWelcome(text.name, settings)) return [];
    const { temperature, maxLength, eagerness } = settings;
    const request: SuggestionRequest = {
      document: text.name,
      ...surroundings,
      ...cursor,
      temperature,
      seed: 0,
      maxLength,
      eagerness,
    };
    const question = { request, revision: this.client.revision };
    const remainder = explicit ? undefined : this.typedThrough.remainderFor(question);
    if (remainder !== undefined) return [remainder];

    this.client.follow(text.name, text);
    const pause = performance.now() - this.changedAt;
    const delay = explicit ? 0 : Math.min(settings.delay, settings.delay - pause);
    const pending = this.ask(request, delay, signal);
    // Behind the question, which need not wait for what other documents hold.
    for (const other of others()) this.client.follow(other.name, other);
    const suggestion = await pending;
    if (suggestion === undefined) return [];
    const { text: first, alternatives } = suggestion;
    if (explicit) this.dismissed.allow();
    else if (this.recent.isUndone(text.name, first) || this.dismissed.covers(request, first)) return [];
    this.typedThrough.show(question, first);
    if (!signal.aborted) onShown();
    return [first, ...alternatives];
  }

  private async ask(
    request: SuggestionRequest,
    delay: number,
    signal: AbortSignal,
  ): Promise<Suggestion | undefined> {
    if (delay > 0) await sleep(delay, signal);
    if (signal.aborted) return undefined;
    const suggestion = await this.client.suggest(request, signal);
    return signal.aborted ? undefined : suggestion;
  }
}
