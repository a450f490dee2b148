import { RangeSet, type Range } from './ranges.ts';
import type { Kernels } from './wasm/kernel-exports.ts';
import { SymbolBuffer } from './wasm/symbol-buffer.ts';
import { copyToWasm, WINDOW } from './wasm/wasm-text.ts';

/** Positions that an edit counts, and as many that it takes back, before it returns: some 4 ms each. */
const IMMEDIATE_POSITIONS = 3_072;
/** Positions that a step counts or takes back: some 4 ms. */
const STEP_POSITIONS = 2_048;

/** Positions of removed texts that stay counted. */
const MAX_RETAINED_POSITIONS = 8_192;

/** Positions of a text that is no more, which are still counted. */
interface Leftover {
  /** Of a copy of the text from the window before them on. */
  readonly address: number;
  readonly before: number;
  from: number;
  readonly to: number;
}

/**
 * A text and what a table has counted of it. The text is two: what stands before the cursor, and what stands behind it,
 * whose contexts begin anew at the cursor. So no context at the cursor has counted the symbol behind it, and typing
 * there changes no context behind it.
 *
 * What takes long is left over: `step` does some of it, as long as `isSettled` is false.
 */
export class CountedText {
  /** Whether the table is to count the text; if not, `step` takes back what it has counted. */
  isWanted = true;
  private readonly kernels: Kernels;
  private readonly table: number;
  private readonly text: SymbolBuffer;
  private readonly counted = new RangeSet();
  /** Positions of the text as it was given that another table counts, so that `step` leaves them. */
  private readonly knownElsewhere = new RangeSet();
  private readonly leftovers: Leftover[] = [];
  /** Removed texts that stay counted, the newest last. */
  private readonly retained: Leftover[] = [];
  private cursor: number;

  /**
   * @param symbols of the text, with the cursor behind them
   * @param isCounted whether the table has counted them
   */
  constructor(kernels: Kernels, table: number, symbols: Uint16Array, canGrow: boolean, isCounted = false) {
    this.kernels = kernels;
    this.table = table;
    this.text = new SymbolBuffer(kernels, symbols, canGrow);
    this.cursor = symbols.length;
    if (isCounted) this.counted.add(0, symbols.length);
  }

  get length(): number {
    return this.text.length;
  }

  /** Index of the symbol behind the cursor. */
  get cursorIndex(): number {
    return this.cursor;
  }

  get isSettled(): boolean {
    if (this.leftovers.length > 0) return false;
    return this.isWanted ? this.uncountedWithin(0, this.length).length === 0 : this.counted.isEmpty;
  }

  /** Has `step` count nothing of the present text, only what is inserted from now on. */
  leavePresentText(): void {
    this.knownElsewhere.add(0, this.length);
  }

  /** The symbols, until anything is counted or changed. */
  view(from?: number, to?: number): Uint16Array {
    return this.text.view(from, to);
  }

  /** Addresses of the symbol at `index`, and of the text's first. */
  addressesOf(index: number): { readonly address: number; readonly text: number } {
    return { address: this.text.addressOf(index), text: this.text.address };
  }

  /**
   * Joins the text at the cursor and cuts it at `index`; counts at most `WINDOW` positions behind each anew.
   * @param isLater whether `step` is to count them, so that only taking them back is done before it returns
   */
  moveCursor(index: number, isLater = false): void {
    if (index === this.cursor) return;
    const first = Math.min(index, this.cursor);
    const second = Math.max(index, this.cursor);
    const changed = [
      ...this.counted.within(first, Math.min(first + WINDOW, second)),
      ...this.counted.within(second, second + WINDOW),
    ];
    for (const { from, to } of changed) this.uncountNow(from, to);
    this.cursor = index;
    if (isLater) return;
    for (const { from, to } of changed) this.tryToCount(from, to);
  }

  /**
   * Replaces symbols. Where the cursor is touched or inside, it goes behind what was inserted; else it stays where it is
   * in the text.
   * @param retainsRemoved whether what is removed stays counted, until much more has been removed
   */
  replace(index: number, removed: number, symbols: ArrayLike<number>, retainsRemoved = false): void {
    const end = index + removed;
    const isBehind = index > this.cursor;
    const isBefore = end < this.cursor;
    // What stands behind the cursor has contexts that begin there, so an edit before it does not change them.
    const reach = end <= this.cursor ? this.cursor : this.length;
    if (retainsRemoved) this.retain(index, end);
    this.uncount(index, Math.min(end + WINDOW, reach));
    const change = symbols.length - removed;
    this.text.replace(index, removed, symbols);
    this.counted.splice(index, removed, symbols.length);
    this.knownElsewhere.splice(index, removed, symbols.length);
    if (isBefore) this.cursor += change;
    else if (!isBehind) this.cursor = index + symbols.length;
    if (!this.isWanted) return;
    const from = Math.max(index, end + change - IMMEDIATE_POSITIONS);
    this.tryToCount(from, Math.min(end + change + WINDOW, reach + change));
  }

  /** Has `step` count a range again. */
  leaveNoneOf(from: number, to: number): void {
    this.knownElsewhere.remove(from, to);
  }

  /** Counts a range before it returns, as far as there is room in the kernels' memory. */
  tryToCount(from: number, to: number): void {
    try {
      this.countNow(Math.max(0, from), Math.min(to, this.length));
    } catch (error) {
      // What there is no room for stays uncounted; `step` meets the error again, for who waits for it.
      if (!(error instanceof RangeError)) throw error;
    }
  }

  /** Takes back a range before it returns. */
  uncountNow(from: number, to: number): void {
    for (const range of this.counted.within(from, to)) {
      this.run('unlearn', range);
      this.counted.remove(range.from, range.to);
    }
  }

  /**
   * Does some of what is left over, nearest to the cursor first.
   * @throws RangeError when there is no room in the kernels' memory
   */
  step(): void {
    const leftover = this.leftovers.at(-1);
    if (leftover) this.stepLeftover(leftover);
    else if (this.isWanted) this.stepCounting();
    else {
      const [{ from, to }] = this.counted.within(0, this.length).slice(-1);
      this.uncountNow(Math.max(from, to - STEP_POSITIONS), to);
    }
  }

  /** Releases the text; what the table has counted stays. */
  dispose(): void {
    for (const { address } of [...this.leftovers.splice(0), ...this.retained.splice(0)]) {
      this.kernels.release(address);
    }
    this.text.dispose();
  }

  private countNow(from: number, to: number): void {
    for (const range of this.counted.gapsWithin(from, to)) {
      this.run('learn', range);
      this.counted.add(range.from, range.to);
    }
  }

  private run(how: 'learn' | 'unlearn', { from, to }: Range): void {
    const { kernels, table, text, cursor } = this;
    const middle = Math.min(Math.max(cursor, from), to);
    if (from < middle) kernels[how](table, text.address, from, middle, kernels.FILE_START.value);
    if (middle === to) return;
    const behind = text.addressOf(cursor);
    kernels[how](table, behind, middle - cursor, to - cursor, kernels.CURSOR.value);
  }

  /** Takes back a range whose text is about to change; of a long one, some now and the rest by `step`. */
  private uncount(from: number, to: number): void {
    let left = IMMEDIATE_POSITIONS;
    for (const range of this.counted.within(from, to)) {
      const now = Math.min(range.to, range.from + left);
      left -= now - range.from;
      this.uncountNow(range.from, now);
      const middle = Math.min(Math.max(this.cursor, now), range.to);
      this.keepCopy(this.leftovers, now, middle);
      this.keepCopy(this.leftovers, middle, range.to);
    }
  }

  /** Has a range that is about to be removed stay counted, and the oldest such ranges taken back. */
  private retain(from: number, to: number): void {
    if (to - from > MAX_RETAINED_POSITIONS) return;
    for (const range of this.counted.within(from, to)) {
      const middle = Math.min(Math.max(this.cursor, range.from), range.to);
      this.keepCopy(this.retained, range.from, middle);
      this.keepCopy(this.retained, middle, range.to);
    }
    let positions = this.retained.reduce((sum, each) => sum + each.to - each.from, 0);
    while (positions > MAX_RETAINED_POSITIONS) {
      const oldest = this.retained.shift()!;
      positions -= oldest.to - oldest.from;
      this.leftovers.push(oldest);
    }
  }

  /** Keeps a copy of a range on one side of the cursor, with the window that its contexts depend on. */
  private keepCopy(copies: Leftover[], from: number, to: number): void {
    if (from >= to) return;
    const { kernels } = this;
    const isBehind = from >= this.cursor;
    const begin = isBehind ? this.cursor : 0;
    const start = Math.max(begin, from - WINDOW - 1);
    const address = copyToWasm(kernels, this.text.view(start, to).slice());
    const isAtCursor = isBehind && start === begin;
    const before = isAtCursor ? kernels.CURSOR.value : kernels.FILE_START.value;
    copies.push({ address, before, from: from - start, to: to - start });
    this.counted.remove(from, to);
  }

  private stepLeftover(leftover: Leftover): void {
    const { kernels } = this;
    const to = Math.min(leftover.from + STEP_POSITIONS, leftover.to);
    kernels.unlearn(this.table, leftover.address, leftover.from, to, leftover.before);
    leftover.from = to;
    if (to < leftover.to) return;
    kernels.release(leftover.address);
    this.leftovers.pop();
  }

  private stepCounting(): void {
    const before = this.uncountedWithin(0, this.cursor).at(-1);
    if (before) return this.countNow(Math.max(before.from, before.to - STEP_POSITIONS), before.to);
    const behind = this.uncountedWithin(this.cursor, this.length).at(0);
    if (behind) this.countNow(behind.from, Math.min(behind.from + STEP_POSITIONS, behind.to));
  }

  /** What of a range `step` is to count. */
  private uncountedWithin(from: number, to: number): Range[] {
    return this.counted
      .gapsWithin(from, to)
      .flatMap((gap) => this.knownElsewhere.gapsWithin(gap.from, gap.to));
  }
}
