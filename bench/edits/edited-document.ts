import { surroundingsOf } from '../../src/completion/parts.ts';
import type { Surroundings, TextChange } from '../../src/completion/parts.ts';

/** A document in an editor with one cursor. */
export class EditedDocument {
  private readonly lines: string[];
  private line = 0;
  private character = 0;
  private cursor = 0;

  constructor(text: string) {
    this.lines = text.split('\n');
  }

  get text(): string {
    return this.lines.join('\n');
  }

  /** UTF-16 units before the cursor. */
  get offset(): number {
    return this.cursor;
  }

  get lineBefore(): string {
    return this.lines[this.line].slice(0, this.character);
  }

  get restOfLine(): string {
    return this.lines[this.line].slice(this.character);
  }

  surroundings(): Surroundings {
    const { lines, line, character } = this;
    return surroundingsOf(
      { lineCount: lines.length, lineAt: (index) => ({ text: lines[index] }) },
      { line, character },
    );
  }

  /** Puts the cursor at `offset`. */
  moveTo(offset: number): void {
    this.line = 0;
    let start = 0;
    while (start + this.lines[this.line].length < offset) start += this.lines[this.line++].length + 1;
    this.character = offset - start;
    this.cursor = offset;
  }

  /** Replaces `removed` units behind the cursor, which goes behind `inserted` and before `behind`. */
  replace(removed: number, inserted: string, behind: string): TextChange {
    const { cursor } = this;
    let rest = this.restOfLine;
    let last = this.line;
    while (rest.length < removed) rest += `\n${this.lines[++last]}`;
    const before = this.lineBefore + inserted;
    const written = (before + behind + rest.slice(removed)).split('\n');
    this.lines.splice(this.line, last - this.line + 1, ...written);
    const beforeCursor = before.split('\n');
    this.line += beforeCursor.length - 1;
    this.character = beforeCursor.at(-1)!.length;
    this.cursor += inserted.length;
    return { offset: cursor, removed, inserted: inserted + behind };
  }
}
