import { partsOf } from './known-words.ts';
import { TokenCounts } from './token-counts.ts';
import { tokensOf, type Token, type TokenSyntax } from './tokens.ts';
import { WordIds } from './word-ids.ts';

/** Logarithm to base 2 of the cells for the files of a workspace: 16 MB. */
const WORKSPACE_SIZE_BITS = 23;

/** Which tokens stand beside which in the files of a workspace. */
export class WorkspaceWords {
  readonly ids = new WordIds();
  readonly counts = new TokenCounts(WORKSPACE_SIZE_BITS);
  private readonly parts = new Map<string, number>();
  /** Ids of the counted tokens of each file. */
  private readonly files = new Map<string, Int32Array>();

  /** Learns a file; what was known under this name is forgotten. */
  learn(name: string, text: string, syntax: TokenSyntax): void {
    this.forget(name);
    const ids = Int32Array.from(tokensOf(text, syntax).filter(isCounted), (token) =>
      this.ids.add(token.text),
    );
    this.count(ids, 1);
    this.files.set(name, ids);
  }

  forget(name: string): void {
    const ids = this.files.get(name);
    if (!ids) return;
    this.count(ids, -1);
    this.files.delete(name);
  }

  /** Occurrences of a part of a word, as `partsOf` gives them. */
  frequencyOfPart(part: string): number {
    return this.parts.get(part) ?? 0;
  }

  private count(ids: Int32Array, times: 1 | -1): void {
    this.counts.add(ids, times);
    for (const id of ids) {
      for (const part of partsOf(this.ids.textOf(id))) {
        this.parts.set(part, (this.parts.get(part) ?? 0) + times);
      }
    }
  }
}

/** Whether a token is one of those that stand beside each other: white space within lines is none. */
export function isCounted({ kind }: Token): boolean {
  return kind !== 'space' && kind !== 'newline';
}
