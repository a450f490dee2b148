import type { ContextModel, DocumentModel, Reader } from '../../context-model/index.ts';
import { normalized } from '../../common/text.ts';
import { NormalizedText, type TextChange } from './normalized-text.ts';
import { RecentInsertion } from './recent-insertion.ts';
import { typedPart } from './typed-part.ts';

export type { TextChange };

/** More changes at once are made one of the text from the first to the last. */
const MAX_SEPARATE_CHANGES = 8;

/** Shorter deletions are corrections of what was typed just now. */
const MIN_RETAINED_UNITS = 8;

/** How typed text is put into a document, with offsets in its normalised text. */
export interface Typing {
  /** Inserts `text`, having learnt from it. */
  type(offset: number, text: string): void;
  /** Learns from `text`, which was typed over the same text that stands there. */
  typeOver(offset: number, text: string): void;
}

/** An open document and its model, kept in step with the editor's text. */
export class OpenDocument {
  readonly model: DocumentModel;
  private readonly content: NormalizedText;
  private readonly recent = new RecentInsertion();

  constructor(contextModel: ContextModel, name: string, text: string) {
    this.content = new NormalizedText(text);
    this.model = contextModel.openDocument(name, this.content.text, true);
  }

  /** The text, normalised. */
  get text(): string {
    return this.content.text;
  }

  /** Replaces all of the text; what is the same at its beginning and end costs nothing. */
  replace(text: string): void {
    this.put(this.content.replace(text));
  }

  /**
   * Takes in the changes of one event, in their order, each of the text that the one before has left.
   * @param typing what to do with text that was typed, as far as the only change is that; left out: as with any other
   * @returns false where a change does not fit the text, which is then out of step
   */
  change(changes: readonly TextChange[], typing?: Typing): boolean {
    const [first] = changes;
    if (changes.length === 1 && typing && !first.isRestored) return this.changeTyped(first, typing);
    for (const change of changes.length > MAX_SEPARATE_CHANGES ? this.merged(changes) : changes) {
      if (!this.fits(change)) return false;
      this.put(this.content.change(change));
    }
    return true;
  }

  /** Where the editor's `offset` is in the normalised text. */
  offsetOf(rawOffset: number): number {
    return this.content.offsetOf(rawOffset);
  }

  /** Whether the text before `offset` (normalised) ends with `prefix`. */
  endsWith(prefix: string, offset: number): boolean {
    return offset >= prefix.length && this.text.startsWith(prefix, offset - prefix.length);
  }

  reader(offset: number): Reader {
    return this.model.reader(offset);
  }

  dispose(): void {
    this.model.dispose();
  }

  private fits({ offset, removed }: TextChange): boolean {
    return offset + removed <= this.content.raw.length;
  }

  private changeTyped(change: TextChange, typing: Typing): boolean {
    if (!this.fits(change)) return false;
    const { offset, removed, inserted } = change;
    const isOver = removed > 0 && this.content.raw.slice(offset, offset + removed) === inserted;
    if (isOver) {
      const text = normalized(inserted);
      if (typedPart(text) === text.length) typing.typeOver(this.offsetOf(offset), text);
    } else {
      const made = this.content.change(change);
      if (this.isWorthRetaining(made)) this.delete(made);
      else this.put(made, removed === 0 ? typing : undefined);
    }
    return true;
  }

  /** What was written just now and taken away again was wrong, such as a suggestion that was accepted. */
  private isWorthRetaining({ offset, removed }: TextChange): boolean {
    return removed >= MIN_RETAINED_UNITS && !this.recent.overlaps(offset, removed);
  }

  /** Puts a change that removes older text into the model, which knows that text on for a while. */
  private delete({ offset, removed, inserted }: TextChange): void {
    this.model.remove(offset, removed);
    this.recent.note(offset, removed, 0);
    this.put({ offset, removed: 0, inserted });
  }

  /** Puts a change of the normalised text into the model. */
  private put({ offset, removed, inserted }: TextChange, typing?: Typing): void {
    this.recent.note(offset, removed, inserted.length);
    const typed = typing ? typedPart(inserted) : 0;
    if (removed > 0 && (inserted === '' || typed > 0)) this.model.edit(offset, removed, '');
    if (typed > 0) typing!.type(offset, inserted.slice(0, typed));
    if (typed === inserted.length) return;
    this.model.edit(offset + typed, typed > 0 ? 0 : removed, inserted.slice(typed));
  }

  /** Changes from the text's end to its beginning, as editors give them, as one; any others as they are. */
  private merged(changes: readonly TextChange[]): readonly TextChange[] {
    const isFalling = changes.every(
      ({ offset, removed }, i) => i === 0 || offset + removed <= changes[i - 1].offset,
    );
    if (!isFalling || !this.fits(changes[0])) return changes;
    const { raw } = this.content;
    const end = changes[0].offset + changes[0].removed;
    const { offset } = changes.at(-1)!;
    let at = offset;
    const parts: string[] = [];
    for (const change of changes.toReversed()) {
      parts.push(raw.slice(at, change.offset), change.inserted);
      at = change.offset + change.removed;
    }
    return [{ offset, removed: end - offset, inserted: parts.join('') }];
  }
}
