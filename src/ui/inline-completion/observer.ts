/** Command that VS Code runs when a suggestion was accepted as a whole; its argument is an `AcceptedSuggestion`. */
export const SUGGESTION_TAKEN = '_charRnn.suggestionTaken';

/** A suggestion that was accepted, as it stands in its document. */
export interface AcceptedSuggestion {
  /** Name of the document or cell (`nameOf`). */
  readonly document: string;
  /** Language identifier. */
  readonly language: string;
  /** Where the text begins, in UTF-16 units. */
  readonly start: number;
  /** What was inserted, with the document's line ends. */
  readonly text: string;
}

/** Counts suggestions. */
export interface SuggestionObserver {
  /** A suggestion is shown that was not on screen before. VS Code may show it only when its own list closes. */
  noteShown(language: string): void;
}
