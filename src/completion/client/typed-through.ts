import { cursorContextOf } from '../text/cursor-context.ts';
import { positionOf } from '../text/rest-of-line.ts';
import type { SuggestionRequest } from '../decode/suggest.ts';
import { trimmed } from '../text/trim.ts';

/** A request and the state of the worker that it was made to. */
export interface Question {
  readonly request: SuggestionRequest;
  /** The revision of the sources that answered; see `SuggestionClient.revision`. */
  readonly revision: number;
}

/** The suggestion shown last: while a user types its characters, the rest of it stays on screen. */
export class TypedThrough {
  private shown: (Question & { readonly text: string }) | undefined;

  /** Records that `text` is shown as the answer to `question`. */
  show(question: Question, text: string): void {
    this.shown = { ...question, text };
  }

  /** Forgets the shown suggestion. @returns what it was, and the question that it answered. */
  take(): (Question & { readonly text: string }) | undefined {
    const { shown } = this;
    this.shown = undefined;
    return shown;
  }

  /**
   * What is left of the shown suggestion at the cursor of a question. Undefined unless the user has typed the beginning
   * of it, it goes on as it must, and nothing else is different; brackets and quotes which the editor closed by itself
   * may be.
   */
  remainderFor({ request, revision }: Question): string | undefined {
    const { shown } = this;
    if (!shown || shown.revision !== revision || !isSameQuestion(shown.request, request)) return undefined;
    if (!request.prefix.startsWith(shown.request.prefix)) return undefined;
    const typed = request.prefix.slice(shown.request.prefix.length);
    if (!shown.text.startsWith(typed)) return undefined;
    const rest = shown.text.slice(typed.length);
    const remainder =
      request.suffix === shown.request.suffix ? rest : beforeClosed(rest, request, shown.request);
    const isWanted = remainder.trim() !== '' && remainder.startsWith(request.beginning ?? '');
    return isWanted ? remainder : undefined;
  }
}

function isSameQuestion(one: SuggestionRequest, other: SuggestionRequest): boolean {
  return (
    one.document === other.document &&
    one.atFileStart === other.atFileStart &&
    one.temperature === other.temperature &&
    one.maxLength === other.maxLength &&
    one.eagerness === other.eagerness &&
    one.seed === other.seed &&
    one.indentation.insertSpaces === other.indentation.insertSpaces &&
    one.indentation.tabSize === other.indentation.tabSize
  );
}

/** The part of `rest` that fits before closing punctuation inserted after the cursor; empty after any other insertion. */
function beforeClosed(rest: string, request: SuggestionRequest, shown: SuggestionRequest): string {
  const inserted = request.suffix.slice(0, request.suffix.length - shown.suffix.length);
  const isClosing = !inserted.includes('\n') && positionOf(inserted) === 'closers';
  if (!isClosing || !request.suffix.endsWith(shown.suffix)) return '';
  const { prefix, suffix, indentation, languageId } = request;
  return trimmed(rest, cursorContextOf(prefix, suffix, { tabSize: indentation.tabSize, languageId }));
}
