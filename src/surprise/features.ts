import { ContextFit, TEXT_WEIGHT, type Fit } from './context-fit.ts';
import { Speller, type Spelling } from './spelling.ts';
import { gapAt, type LineBits } from './text-bits.ts';
import type { TextWords } from './text-words.ts';
import { isWord, KINDS, type Token } from './tokens.ts';
import type { WorkspaceWords } from './workspace-words.ts';

/** What the judge of tokens goes by, in this order. Bits are limited, and counts are log2 of one more. */
export const FEATURES = [
  // What the predictor, which reads from the left, makes of its characters and of those behind and before it.
  'gap',
  'bits',
  'firstGap',
  'bestAtGap',
  'bitsAfter',
  'gapAfter',
  'gapBefore',
  // How the token fits between its neighbours; for indentation, also how that of the next line does.
  'ratio',
  'fitBits',
  'nextRatio',
  // How often the word is used elsewhere, how far away, and whether another one is spelt almost alike.
  'inText',
  'inWorkspace',
  'isUnseen',
  'distance',
  'neighbour',
  'strangePart',
  'partNeighbour',
  'length',
  ...KINDS,
  'isProse',
] as const;

const MAX_GAP = 16;
const MAX_BITS = 40;
const MAX_FIT_BITS = 24;
const MIN_RATIO = -12;
/** Distance in log2 of lines of a word that no other line has. */
const MAX_DISTANCE = 12;
/** Characters behind a token that show whether it fits. */
const REACH = 10;

/** A token with what is known of it. */
export interface TokenEvidence {
  readonly token: Token;
  /** [FEATURES.length] */
  readonly features: Float32Array;
  /** What might be meant, by the words around it or by its spelling; undefined where nothing shows. */
  readonly alternative: string | undefined;
}

/** Gathers what is known of the tokens of a text. */
export class Evidence {
  private readonly workspace: WorkspaceWords;
  private readonly words: TextWords;
  private readonly fit: ContextFit;
  private readonly speller: Speller;

  constructor(workspace: WorkspaceWords, words: TextWords) {
    this.workspace = workspace;
    this.words = words;
    this.fit = new ContextFit(workspace.counts, words);
    this.speller = new Speller(workspace, words);
  }

  /**
   * @param index of the token
   * @param bits of its line
   * @param lineStart offset of its line in the text
   * @param nextIndentation index of the indentation of the next line; undefined for the last
   */
  of(index: number, bits: LineBits, lineStart: number, nextIndentation: number | undefined): TokenEvidence {
    const { words } = this;
    const token = words.tokens[index];
    const before = index > 0 && words.tokens[index - 1].line === token.line ? words.tokens[index - 1] : token;
    const place = words.places[index];
    const fit = place < 0 ? undefined : this.fit.at(place);
    const isIndentation = token.kind === 'indentation';
    const next =
      isIndentation && nextIndentation !== undefined ? this.fit.at(words.places[nextIndentation]) : undefined;
    const use = token.kind === 'word' ? this.use(token, words.idAt(place)) : undefined;
    const kinds = KINDS.map((kind) => Number(kind === token.kind));
    const features = Float32Array.of(
      ...predicted(token, before, bits, lineStart),
      ...(fit ? [ratioOf(fit), Math.min(MAX_FIT_BITS, fit.bits)] : [0, 0]),
      next ? ratioOf(next) : 0,
      ...(use ? use.features : [0, 0, 0, 0, 0, 0, 0]),
      Math.log2(1 + token.end - token.start),
      ...kinds,
      Number(token.isProse),
    );
    return { token, features, alternative: alternativeOf(token, fit, use?.spelling, this.workspace) };
  }

  private use(
    { line, text }: Token,
    id: number,
  ): { readonly features: readonly number[]; readonly spelling: Spelling } {
    const { words, workspace } = this;
    const inLine = words.inLine(id, line);
    const inText = words.counts.of(id) - inLine;
    const inWorkspace = workspace.counts.of(id);
    const spelling = this.speller.of(text, TEXT_WEIGHT * inText + inWorkspace, inLine);
    const distance = words.distance(id, line);
    return {
      features: [
        Math.log2(1 + inText),
        Math.log2(1 + inWorkspace),
        Number(inText + inWorkspace === 0),
        Math.min(MAX_DISTANCE, Math.log2(1 + distance)),
        spelling.neighbour,
        spelling.strangePart,
        spelling.partNeighbour,
      ],
      spelling,
    };
  }
}

/** Features from the predictor, from `gap` to `gapBefore`. */
function predicted(token: Token, before: Token, bits: LineBits, lineStart: number): number[] {
  const start = token.start - lineStart;
  const end = token.end - lineStart;
  let sum = 0;
  let gap = 0;
  let bestAtGap = 0;
  for (let unit = start; unit < end; unit++) {
    sum += bits.actual[unit];
    if (gapAt(bits, unit) > gap) [gap, bestAtGap] = [gapAt(bits, unit), bits.best[unit]];
  }
  let sumAfter = 0;
  let gapAfter = 0;
  for (let unit = end; unit < Math.min(end + REACH, bits.actual.length); unit++) {
    sumAfter += bits.actual[unit];
    gapAfter = Math.max(gapAfter, gapAt(bits, unit));
  }
  let gapBefore = 0;
  for (let unit = before.start - lineStart; unit < start; unit++) {
    gapBefore = Math.max(gapBefore, gapAt(bits, unit));
  }
  return [
    Math.min(MAX_GAP, gap),
    Math.min(MAX_BITS, sum),
    start < end ? Math.min(MAX_GAP, gapAt(bits, start)) : 0,
    bestAtGap,
    Math.min(MAX_BITS, sumAfter),
    Math.min(MAX_GAP, gapAfter),
    Math.min(MAX_GAP, gapBefore),
  ];
}

function ratioOf({ ratio }: Fit): number {
  return Math.max(MIN_RATIO, Math.min(MAX_GAP, ratio));
}

function alternativeOf(
  { kind }: Token,
  fit: Fit | undefined,
  spelling: Spelling | undefined,
  { ids }: WorkspaceWords,
): string | undefined {
  if (spelling?.meant !== undefined) return spelling.meant;
  if (!fit || fit.alternative === 0 || fit.ratio <= 0) return undefined;
  const other = ids.textOf(fit.alternative);
  const isLikeIt = kind === 'word' ? isWord(other) : kind === 'sign' && /^[^\s\p{L}\p{N}]+$/u.test(other);
  return isLikeIt ? other : undefined;
}
