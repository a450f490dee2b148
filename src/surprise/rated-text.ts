import { Evidence, type TokenEvidence } from './features.ts';
import { Judge } from './judge.ts';
import type { Likelier, LineBits } from './text-bits.ts';
import { finished, type Steps } from './steps.ts';
import { TextWords } from './text-words.ts';
import type { Token, TokenSyntax } from './tokens.ts';
import type { WorkspaceWords } from './workspace-words.ts';

/** A token that is hardly what was meant. */
export interface TokenSurprise {
  /** UTF-16 offsets in the line. */
  readonly start: number;
  readonly end: number;
  /** Bits: -log2 of the probability that it is what was meant. */
  readonly surprise: number;
  /** Bits that the predictor needed for its characters. */
  readonly bits: number;
  /** What would rather have been expected there; empty where nothing in particular. */
  readonly expected: string;
}

/** A line that is not blank. */
export interface LineSurprise {
  /** From 0. */
  readonly line: number;
  /** Bits: the sum of those of its tokens. */
  readonly surprise: number;
  /** The most surprising of its tokens. */
  readonly worst: TokenSurprise;
  /** Those with at least `MIN_TOKEN_SURPRISE` bits, in order. */
  readonly tokens: readonly TokenSurprise[];
}

/** Less is not worth a mark. */
const MIN_TOKEN_SURPRISE = 0.5;
/** Of lines with less it is not asked what the predictor would have written. */
const MIN_EXPLAINED_SURPRISE = 0.25;

/** A text whose lines are rated one by one, in any order. */
export class RatedText {
  private readonly words: TextWords;
  private readonly evidence: Evidence;
  private readonly judge = new Judge();
  /** Index of the first token of each line, and of none behind the last. */
  private readonly firstTokens: number[] = [];

  private constructor(words: TextWords, workspace: WorkspaceWords) {
    this.words = words;
    this.evidence = new Evidence(workspace, words);
    for (const [index, { line }] of words.tokens.entries()) {
      if (line === this.firstTokens.length) this.firstTokens.push(index);
    }
  }

  /**
   * Reads a text in steps.
   * @param text normalised
   * @param workspace what is known of the other files
   */
  static *reading(text: string, syntax: TokenSyntax, workspace: WorkspaceWords): Steps<RatedText> {
    return new RatedText(yield* TextWords.reading(text, syntax, workspace.ids), workspace);
  }

  /** The same at once. */
  static read(text: string, syntax: TokenSyntax, workspace: WorkspaceWords): RatedText {
    return finished(RatedText.reading(text, syntax, workspace));
  }

  /** Number of lines; behind a final line end there is none. */
  get lines(): number {
    return this.firstTokens.length;
  }

  /** What is known of the tokens of a line; nothing of a blank one. */
  evidenceOf(line: number, bits: LineBits): TokenEvidence[] {
    const { tokens } = this.words;
    const first = this.firstTokens[line];
    const end = this.firstTokens[line + 1] ?? tokens.length;
    if (tokens.slice(first, end).every(isBlank)) return [];
    const next = line + 1 < this.lines ? end : undefined;
    const lineStart = tokens[first].start;
    const evidence: TokenEvidence[] = [];
    for (let index = first; index < end; index++) {
      evidence.push(this.evidence.of(index, bits, lineStart, next));
    }
    return evidence;
  }

  /**
   * @param bits of the line, its line end included
   * @param likelier says what the predictor would have written, where the line is surprising
   * @returns undefined for a blank line
   */
  rate(
    line: number,
    bits: LineBits,
    likelier: () => Likelier | undefined = () => undefined,
  ): LineSurprise | undefined {
    const evidence = this.evidenceOf(line, bits);
    if (evidence.length === 0) return undefined;
    const lineStart = evidence[0].token.start;
    const surprises = evidence.map(({ features }) => this.judge.surprise(features));
    const surprise = sumOf(surprises);
    const written = surprise >= MIN_EXPLAINED_SURPRISE ? likelier() : undefined;
    const rated = evidence.map(({ token, alternative }, i) => {
      const start = token.start - lineStart;
      const end = token.end - lineStart;
      const isWrittenHere = written && written.offset >= start && written.offset < end;
      const begun = isWrittenHere && this.words.text.slice(token.start, lineStart + written.offset);
      return {
        start,
        end,
        surprise: surprises[i],
        bits: sumOf(bits.actual.subarray(start, end)),
        // The neighbours and the spelling know what stands behind, too.
        expected: alternative ?? (isWrittenHere ? `${begun}${written.text}`.trim() : ''),
      };
    });
    let worst = rated[0];
    for (const token of rated) if (token.surprise > worst.surprise) worst = token;
    const tokens = rated.filter((token) => token.surprise >= MIN_TOKEN_SURPRISE);
    return { line, surprise, worst, tokens };
  }
}

function isBlank({ kind }: Token): boolean {
  return kind === 'indentation' || kind === 'newline' || kind === 'space';
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
