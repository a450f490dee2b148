/** A position in UTF-16 units as a symbol. */
export interface SymbolPosition {
  /** The symbol that begins there, or the one it is inside of. */
  readonly index: number;
  /** Units from the symbol's beginning, 0 or 1. */
  readonly inside: number;
}

/** Where symbols of two UTF-16 units stand in a text that changes: all others are of one. */
export class UnitIndex {
  /** Rising indices of symbols. */
  private wide: number[];

  /** @param wide rising indices of symbols of two units */
  constructor(wide: readonly number[]) {
    this.wide = [...wide];
  }

  find(offset: number): SymbolPosition {
    // The i-th symbol of two units begins wide[i] + i units from the text's beginning.
    let low = 0;
    let high = this.wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.wide[middle] + middle < offset) low = middle + 1;
      else high = middle;
    }
    const before = low;
    const isInside = before > 0 && this.wide[before - 1] + before === offset;
    return isInside ? { index: this.wide[before - 1], inside: 1 } : { index: offset - before, inside: 0 };
  }

  /** @param wide rising indices, within the inserted symbols, of those of two units */
  replace(index: number, removed: number, inserted: number, wide: readonly number[]): void {
    if (this.wide.length === 0 && wide.length === 0) return;
    const by = inserted - removed;
    this.wide = [
      ...this.wide.filter((each) => each < index),
      ...wide.map((each) => each + index),
      ...this.wide.filter((each) => each >= index + removed).map((each) => each + by),
    ];
  }
}
