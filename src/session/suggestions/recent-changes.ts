import type { TextChange } from '../../completion/index.ts';

/** Shorter insertions count as typed rather than accepted, so undoing them suppresses nothing. */
const MIN_ACCEPTED = 2;

/** An insertion that was undone, and how much of it was typed again. */
interface Undone {
  readonly document: string;
  readonly offset: number;
  readonly text: string;
  typed: string;
}

/** Decides by the last changes whether automatic suggestions are welcome: not while text is deleted or undone. */
export class RecentChanges {
  private inserted: { readonly document: string; readonly offset: number; readonly text: string } | undefined;
  private undone: Undone | undefined;
  /** The document whose last change was a deletion, an undo or a redo. */
  private quiet: string | undefined;

  /** @param changes of one event */
  note(document: string, changes: readonly TextChange[]): void {
    if (changes.length === 0) return;
    const isReversal = changes.some(({ isRestored }) => isRestored);
    const isDeletion = changes.every(({ inserted }) => inserted === '');
    this.quiet = isDeletion || isReversal ? document : undefined;
    const only = changes.length === 1 ? changes[0] : undefined;
    if (isReversal) this.undone = only && this.undoneBy(document, only);
    else if (!only || !this.typesUndone(document, only)) this.undone = undefined;
    const isAccepted = !isReversal && only !== undefined && only.inserted.length >= MIN_ACCEPTED;
    if (isAccepted) this.inserted = { document, offset: only.offset, text: only.inserted };
    else if (!isReversal && !isDeletion) this.inserted = undefined;
  }

  /** Whether the user is deleting or undoing in the document, so that nothing is suggested. */
  isQuiet(document: string): boolean {
    return this.quiet === document;
  }

  /** Whether `suggestion` at the cursor would bring back what was undone there, with LF line ends. */
  isUndone(document: string, suggestion: string): boolean {
    const { undone } = this;
    if (undone?.document !== document) return false;
    const rest = undone.text.slice(undone.typed.length).replaceAll('\r\n', '\n');
    return rest.startsWith(suggestion) || suggestion.startsWith(rest);
  }

  private undoneBy(document: string, { offset, removed, inserted }: TextChange): Undone | undefined {
    const { inserted: last } = this;
    const isLast = last?.document === document && last.offset === offset && last.text.length === removed;
    return isLast && inserted === '' ? { ...last, typed: '' } : undefined;
  }

  /** Whether a change types the next characters of the text that was undone. */
  private typesUndone(document: string, { offset, removed, inserted }: TextChange): boolean {
    const { undone } = this;
    if (undone?.document !== document || removed > 0) return false;
    const typed = undone.typed + inserted;
    const continuesUndone =
      offset === undone.offset + undone.typed.length &&
      typed.length < undone.text.length &&
      undone.text.startsWith(typed);
    if (continuesUndone) undone.typed = typed;
    return continuesUndone;
  }
}
