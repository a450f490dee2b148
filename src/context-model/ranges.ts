export interface Range {
  readonly from: number;
  /** Behind the last one. */
  readonly to: number;
}

/** A set of integers as ranges. */
export class RangeSet {
  /** Rising, neither empty nor touching. */
  private ranges: Range[] = [];

  get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  /** What of a range is in the set. */
  within(from: number, to: number): Range[] {
    const found: Range[] = [];
    if (from >= to) return found;
    for (const range of this.ranges) {
      if (range.from >= to) break;
      if (range.to > from) found.push({ from: Math.max(range.from, from), to: Math.min(range.to, to) });
    }
    return found;
  }

  /** What of a range is not in the set. */
  gapsWithin(from: number, to: number): Range[] {
    const gaps: Range[] = [];
    let at = from;
    for (const range of this.within(from, to)) {
      if (at < range.from) gaps.push({ from: at, to: range.from });
      at = range.to;
    }
    if (at < to) gaps.push({ from: at, to });
    return gaps;
  }

  add(from: number, to: number): void {
    if (from >= to) return;
    const apart = this.ranges.filter((range) => range.to < from || to < range.from);
    const touching = this.ranges.filter((range) => range.to >= from && to >= range.from);
    const joined = {
      from: Math.min(from, ...touching.map((range) => range.from)),
      to: Math.max(to, ...touching.map((range) => range.to)),
    };
    this.ranges = [...apart, joined].sort((a, b) => a.from - b.from);
  }

  remove(from: number, to: number): void {
    if (from >= to) return;
    this.ranges = this.ranges.flatMap((range) => [
      ...(range.from < from ? [{ from: range.from, to: Math.min(range.to, from) }] : []),
      ...(range.to > to ? [{ from: Math.max(range.from, to), to: range.to }] : []),
    ]);
  }

  /** Gives `removed` integers at `index` way to `inserted` that are not in the set; later ones move along. */
  splice(index: number, removed: number, inserted: number): void {
    this.remove(index, index + removed);
    const moved = this.within(index, Infinity);
    this.remove(index, Infinity);
    const by = inserted - removed;
    this.ranges.push(...moved.map(({ from, to }) => ({ from: from + by, to: to + by })));
    this.join();
  }

  /** Joins ranges that touch. */
  private join(): void {
    const joined: Range[] = [];
    for (const range of this.ranges) {
      const last = joined.at(-1);
      if (last && last.to === range.from) joined[joined.length - 1] = { from: last.from, to: range.to };
      else joined.push(range);
    }
    this.ranges = joined;
  }
}
