/** Numbers texts of tokens in the order in which they are met; 0 is none. */
export class WordIds {
  private readonly ids = new Map<string, number>();
  private readonly texts: string[] = [''];

  get size(): number {
    return this.texts.length;
  }

  /** The id of a text, which is given one if it has none. */
  add(text: string): number {
    let id = this.ids.get(text);
    if (id === undefined) {
      id = this.texts.length;
      this.ids.set(text, id);
      this.texts.push(text);
    }
    return id;
  }

  /** The id of a text; 0 where it has none. */
  find(text: string): number {
    return this.ids.get(text) ?? 0;
  }

  textOf(id: number): string {
    return this.texts[id];
  }
}
