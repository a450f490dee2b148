import { CountedText } from './counted-text.ts';
import type { Job } from './job-queue.ts';
import type { ModelContext } from './model-context.ts';

/** Symbols before and behind the cursor that are taken back before anything is predicted there. */
const NEAR_BEFORE = 1_024;
const NEAR_BEHIND = 2_048;
/** Symbols behind the cursor by which its place in the file's text is recognised, and where so many differ, fewer. */
const RECOGNISED_SYMBOLS = [32, 8];
/** How far the place is looked for from where it should be, in symbols. */
const MAX_SHIFT = 4_096;
/** Symbols behind the cursor that editors add while something is typed there, such as closing brackets. */
const MAX_ADDED = 64;

/** Where a text is counted as two, in symbols. */
interface Cut {
  /** In the text. */
  readonly place: number;
  /** Before and behind the cursor of the document that it was cut for; -1 behind it where the text has changed since. */
  before: number;
  behind: number;
}

/** A file of the workspace, and what the workspace's table has counted of it. */
export class WorkspaceFile {
  /** The text it was learnt with last; undefined: the workspace is not to know it. */
  saved: string | undefined;
  /** The text that an open document of its name has now. */
  unsaved: string | undefined;
  /** How many predictions are being made without it. */
  exclusions = 0;
  private readonly context: ModelContext;
  /** The text that is counted, or was last; undefined where nothing is. */
  private known: string | undefined;
  /** While `known` is not counted as it should be. */
  private counted: CountedText | undefined;
  /** Where the text is counted as two; undefined where it is one. */
  private cut: Cut | undefined;

  /** @param counted its text where the table has counted it already, as that of a restored workspace has */
  constructor(context: ModelContext, counted?: string) {
    this.context = context;
    this.saved = counted;
    this.known = counted;
  }

  /** The text that the table has counted, whole; undefined where it has counted nothing. */
  get countedText(): string | undefined {
    return this.known;
  }

  /** Whether what is counted is what should be. */
  get isSettled(): boolean {
    return this.counted === undefined && this.known === this.wanted;
  }

  /** Whether what is counted is, or is to be, another text than it was learnt with. */
  get isUnsaved(): boolean {
    return this.wanted !== undefined && this.wanted !== this.saved;
  }

  /** Whether it is counted as two texts, before and behind a cursor. */
  get isCut(): boolean {
    return this.cut !== undefined;
  }

  /** Whether nothing is left of it. */
  get isGone(): boolean {
    const isCounted = this.known !== undefined;
    return this.saved === undefined && this.unsaved === undefined && !isCounted && this.exclusions === 0;
  }

  /**
   * Brings what is counted in line with what should be.
   * @throws RangeError when there is no room in the kernels' memory
   */
  *settling(): Job {
    while (this.prepare()) {
      this.counted!.step();
      yield;
    }
  }

  /**
   * Takes back what is near the cursor of a document that is the file, perhaps changed, before it returns.
   * @param index of the symbol behind the cursor
   * @param length of the document in symbols
   */
  excludeNear(index: number, length: number): void {
    if (!this.prepare()) return;
    const counted = this.counted!;
    // Where the text differs, the cursor is as far from its beginning or from its end as in the document.
    for (const at of new Set([index, counted.length - (length - index)])) {
      counted.uncountNow(Math.max(0, at - NEAR_BEFORE), Math.max(0, at + NEAR_BEHIND));
    }
  }

  /**
   * Cuts what is counted in two at the cursor of a document that is the file, perhaps changed, so that what is counted
   * before the cursor does not know what stands behind it; `settling` is to follow.
   * @returns whether anything had to change
   */
  cutAt(document: CountedText): boolean {
    const before = document.cursorIndex;
    const behind = document.length - before;
    if (this.wanted === undefined || this.isCutFor(before, behind)) return false;
    const counted = this.open();
    const place = placeOf(document, counted);
    this.cut = { place, before, behind };
    if (place === counted.cursorIndex) return false;
    counted.moveCursor(place, true);
    return true;
  }

  /**
   * Joins what `cutAt` has cut; `settling` is to follow.
   * @returns whether anything had to change
   */
  join(): boolean {
    if (!this.isCut) return false;
    this.cut = undefined;
    this.counted?.moveCursor(this.counted.length);
    return true;
  }

  /** Whether it is cut already where so many symbols are before and behind the cursor. */
  private isCutFor(before: number, behind: number): boolean {
    const { cut } = this;
    if (!cut || cut.behind < 0) return false;
    const added = behind - cut.behind;
    if (added !== 0 && (added < 0 || added > MAX_ADDED || before < cut.before)) return false;
    Object.assign(cut, { before, behind });
    return true;
  }

  private get wanted(): string | undefined {
    return this.exclusions > 0 || this.saved === undefined ? undefined : (this.unsaved ?? this.saved);
  }

  /**
   * Gets ready for the next step.
   * @returns false when there is nothing left to do
   */
  private prepare(): boolean {
    const { wanted } = this;
    if (!this.counted && this.known === wanted) return false;
    const counted = this.open();
    counted.isWanted = wanted !== undefined;
    if (wanted !== undefined && wanted !== this.known) this.change(wanted);
    if (!counted.isSettled) return true;
    // The cursor at which it is cut may move.
    if (this.isCut && wanted !== undefined) return false;
    counted.dispose();
    this.counted = undefined;
    if (wanted === undefined) this.known = undefined;
    return false;
  }

  /** What is counted, as a text that can be changed. Something is counted, or wanted. */
  private open(): CountedText {
    if (this.counted) return this.counted;
    const { kernels, alphabet, workspace } = this.context;
    const isCounted = this.known !== undefined;
    const text = this.known ?? this.wanted!;
    this.counted = new CountedText(kernels, workspace, alphabet.encode(text), true, isCounted);
    this.known = text;
    if (this.cut) {
      const place = Math.min(this.cut.place, this.counted.length);
      this.counted.moveCursor(place);
      // It may be another text than the one that was cut.
      if (!isCounted) this.cut = { place, before: 0, behind: -1 };
    }
    return this.counted;
  }

  /** Replaces what differs. */
  private change(text: string): void {
    const counted = this.counted!;
    const symbols = this.context.alphabet.encode(text);
    const before = counted.view();
    const limit = Math.min(before.length, symbols.length);
    let start = 0;
    while (start < limit && before[start] === symbols[start]) start++;
    let end = 0;
    while (end < limit - start && before[before.length - 1 - end] === symbols[symbols.length - 1 - end])
      end++;
    counted.replace(start, before.length - end - start, symbols.subarray(start, symbols.length - end));
    this.known = text;
    if (this.cut) this.cut = { place: counted.cursorIndex, before: 0, behind: -1 };
  }
}

/** Where in a file's text the cursor of a document is that was the same before it was changed. */
function placeOf(document: CountedText, file: CountedText): number {
  const { cursorIndex, length } = document;
  const expected = Math.max(0, file.length - (length - cursorIndex));
  for (const symbols of RECOGNISED_SYMBOLS) {
    const following = document.view(cursorIndex, Math.min(cursorIndex + symbols, length));
    const place = nearestPlaceOf(following, file.view(), expected);
    if (place !== undefined) return place;
  }
  return expected;
}

/** The index nearest to `expected` at which `part` stands in `text`; undefined where it is nowhere near. */
function nearestPlaceOf(part: Uint16Array, text: Uint16Array, expected: number): number | undefined {
  const isAt = (index: number): boolean =>
    index >= 0 && index + part.length <= text.length && part.every((symbol, i) => text[index + i] === symbol);
  for (let shift = 0; shift <= MAX_SHIFT; shift++) {
    if (isAt(expected - shift)) return expected - shift;
    if (isAt(expected + shift)) return expected + shift;
  }
  return undefined;
}
