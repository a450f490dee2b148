import type { SuggestionRequest } from '../decode/suggest.ts';

/** A word, or another character that is no space, with the spaces before it. */
const FIRST_WORD = /^\s*(?:[\p{L}\p{N}_]+|\S)/u;

/** The suggestion that the user dismissed last; it stays away while its characters are typed by hand. */
export class DismissedText {
  private dismissed:
    { readonly document: string; readonly prefix: string; readonly text: string } | undefined;

  /** Records that `text`, the answer to `request`, was dismissed. */
  dismiss({ document, prefix }: SuggestionRequest, text: string): void {
    this.dismissed = { document, prefix, text };
  }

  /** Lets the dismissed text be suggested again, because the user asks by hand. */
  allow(): void {
    this.dismissed = undefined;
  }

  /**
   * Whether `suggestion`, at the cursor of `request`, would bring the dismissed text back: it begins with the word that
   * was left of it there, or is a beginning of what was left.
   */
  covers({ document, prefix }: SuggestionRequest, suggestion: string): boolean {
    const { dismissed } = this;
    if (dismissed?.document !== document || !prefix.startsWith(dismissed.prefix)) return false;
    const typed = prefix.slice(dismissed.prefix.length);
    if (!dismissed.text.startsWith(typed)) return false;
    const rest = dismissed.text.slice(typed.length);
    const [word] = FIRST_WORD.exec(rest) ?? [''];
    return word !== '' && (suggestion.startsWith(word) || rest.startsWith(suggestion));
  }
}
