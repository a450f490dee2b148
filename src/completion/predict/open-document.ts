import type { DocumentModel, ContextModel, Reader } from '../../context-model/index.ts';
import { isHighSurrogate, isLowSurrogate, normalized } from '../../common/text.ts';

/** A change of a text: `removed` UTF-16 units at `offset` gave way to `inserted`. */
export interface TextChange {
  readonly offset: number;
  readonly removed: number;
  readonly inserted: string;
}

/** Text that is the same when normalised, and does not combine with what stands before it. */
const plain = /^[\t\n -~]*$/;

/** An open document and its memory, kept in step with the editor's text. */
export class OpenDocument {
  readonly memory: DocumentModel;
  /** As the editor has it. */
  private raw: string;
  private text: string;
  private lastReader = 0;

  constructor(memory: ContextModel, name: string, text: string) {
    this.raw = text;
    this.text = normalized(text);
    if (this.text === text) this.raw = this.text;
    this.memory = memory.openDocument(name, this.text);
  }

  /** Replaces all of the text; what is the same at its beginning and end costs nothing. */
  replace(text: string): void {
    this.put(text, (offset, inserted) => this.memory.edit(offset, 0, inserted));
  }

  /**
   * @param insert puts in what was inserted, with offsets in the normalised text; left out: the memory does.
   * @returns false where the change does not fit the text, which is then out of step.
   */
  change(
    { offset, removed, inserted }: TextChange,
    insert = (at: number, text: string) => this.memory.edit(at, 0, text),
  ): boolean {
    if (offset + removed > this.raw.length) return false;
    const raw = this.raw.slice(0, offset) + inserted + this.raw.slice(offset + removed);
    const following = this.raw.slice(offset + removed, offset + removed + 1);
    if (this.raw !== this.text || !plain.test(inserted + following)) {
      this.put(raw, insert, this.offsetOf(offset));
      return true;
    }
    if (removed > 0) this.memory.edit(offset, removed, '');
    if (inserted !== '') insert(offset, inserted);
    this.raw = raw;
    this.text = raw;
    return true;
  }

  /** Where the editor's `offset` is in the normalised text. */
  offsetOf(rawOffset: number): number {
    return this.raw === this.text ? rawOffset : normalized(this.raw.slice(0, rawOffset)).length;
  }

  /** Whether the text before `offset` (normalised) ends with `prefix`. */
  endsWith(prefix: string, offset: number): boolean {
    return offset >= prefix.length && this.text.startsWith(prefix, offset - prefix.length);
  }

  /** Where the reader that was given last began. */
  get offsetOfLastReader(): number {
    return this.lastReader;
  }

  reader(offset: number): Reader {
    this.lastReader = offset;
    return this.memory.reader(offset);
  }

  dispose(): void {
    this.memory.dispose();
  }

  /** @param latest where the normalised text changes, at the latest. */
  private put(raw: string, insert: (offset: number, text: string) => void, latest?: number): void {
    const next = normalized(raw);
    this.raw = next === raw ? next : raw;
    const { offset, removed, inserted } = difference(this.text, next, latest);
    this.text = next;
    if (removed > 0) this.memory.edit(offset, removed, '');
    if (inserted !== '') insert(offset, inserted);
  }
}

/**
 * The smallest change that makes `next` of `text`, with code points kept whole.
 * @param latest where it begins, at the latest: what is typed before the same character could stand behind it, too.
 */
export function difference(text: string, next: string, latest = Infinity): TextChange {
  const most = Math.min(text.length, next.length);
  let start = 0;
  while (start < most && start < latest && text.charCodeAt(start) === next.charCodeAt(start)) start++;
  if (isHighSurrogate(text.charCodeAt(start - 1))) start--;
  let end = 0;
  while (
    end < most - start &&
    text.charCodeAt(text.length - 1 - end) === next.charCodeAt(next.length - 1 - end)
  ) {
    end++;
  }
  if (isLowSurrogate(text.charCodeAt(text.length - end))) end--;
  return {
    offset: start,
    removed: text.length - end - start,
    inserted: next.slice(start, next.length - end),
  };
}
