/** Where a document was written in last: what was inserted there, together with what was inserted next to it. */
export class RecentInsertion {
  private from = 0;
  /** Behind the last unit. */
  private to = 0;

  /** Whether any of a range was inserted there. */
  overlaps(offset: number, length: number): boolean {
    return offset < this.to && offset + length > this.from;
  }

  /** Takes a change of the document into account; all in UTF-16 units. */
  note(offset: number, removed: number, inserted: number): void {
    const end = offset + removed;
    if (offset <= this.to && end >= this.from) {
      this.from = Math.min(this.from, offset);
      this.to = Math.max(this.to, end) - removed + inserted;
    } else if (inserted > 0) {
      this.from = offset;
      this.to = offset + inserted;
    } else if (end < this.from) {
      this.from -= removed;
      this.to -= removed;
    }
  }
}
