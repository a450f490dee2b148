/** What is known of a position of a text, just behind a character that was read. */
export interface TextPosition {
  /** Whether a string is open: from its first quote up to its last, which is not counted. */
  readonly isInString: boolean;
  readonly isInComment: boolean;
  /** Open brackets of all kinds. */
  readonly bracketDepth: number;
  /** Whether the innermost open bracket is a round one, outside strings. */
  readonly isInParentheses: boolean;
  /** Columns of white space that begin the line, as far as it was read. */
  readonly indentation: number;
  /** Characters since the line's start. */
  readonly column: number;
  /** Whether the character is a letter, a digit or an underscore. */
  readonly isInWord: boolean;
}

/** Properties of a position that have a name, and a number at each position; truth values count as 0 and 1. */
const FEATURES = {
  string: (position) => Number(position.isInString),
  comment: (position) => Number(position.isInComment),
  bracketDepth: (position) => position.bracketDepth,
  parentheses: (position) => Number(position.isInParentheses),
  indentation: (position) => position.indentation,
  column: (position) => position.column,
  word: (position) => Number(position.isInWord),
} as const satisfies Record<string, (position: TextPosition) => number>;

export type FeatureName = keyof typeof FEATURES;

export const FEATURE_NAMES = Object.keys(FEATURES) as readonly FeatureName[];

const VALUES = Object.values(FEATURES);

/** The features of a position, [F] in the order of `FEATURE_NAMES`. */
export function featuresOf(position: TextPosition): number[] {
  return VALUES.map((valueOf) => valueOf(position));
}
