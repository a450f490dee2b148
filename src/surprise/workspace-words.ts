import { partsOf } from './known-words.ts';
import { finished, type Steps } from './steps.ts';
import { STEP_TOKENS, TokenCounts } from './token-counts.ts';
import { eachToken, type Token, type TokenSyntax } from './tokens.ts';
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
    finished(this.learning(name, text, syntax));
  }

  /** The same in steps, all of which must be taken. */
  *learning(name: string, text: string, syntax: TokenSyntax): Steps<void> {
    yield* this.forgetting(name);
    const ids: number[] = [];
    for (const token of eachToken(text, syntax)) {
      if (isCounted(token)) ids.push(this.ids.add(token.text));
      if (ids.length % STEP_TOKENS === STEP_TOKENS - 1) yield;
    }
    const counted = Int32Array.from(ids);
    this.files.set(name, counted);
    yield* this.counting(counted, 1);
  }

  forget(name: string): void {
    finished(this.forgetting(name));
  }

  /** The same in steps, all of which must be taken. */
  *forgetting(name: string): Steps<void> {
    const ids = this.files.get(name);
    this.files.delete(name);
    if (ids) yield* this.counting(ids, -1);
  }

  /** Occurrences of a part of a word, as `partsOf` gives them. */
  frequencyOfPart(part: string): number {
    return this.parts.get(part) ?? 0;
  }

  private *counting(ids: Int32Array, times: 1 | -1): Steps<void> {
    yield* this.counts.adding(ids, times);
    for (const [index, id] of ids.entries()) {
      if (index % STEP_TOKENS === STEP_TOKENS - 1) yield;
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
