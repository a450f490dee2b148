import type { RandomGenerator } from '../../src/model/index.ts';
import { tokensOf, type Token, type TokenSyntax } from '../../src/surprise/index.ts';
import { KEYWORDS } from './keywords.ts';

/** Kinds of mistakes that are seeded. */
export const MISTAKES = [
  'typing error',
  'wrong identifier',
  'swapped operator',
  'deleted character',
  'wrong indentation',
  'typing error in prose',
] as const;

export type Mistake = (typeof MISTAKES)[number];

/** A file with mistakes in some of its lines. */
export interface SeededText {
  readonly text: string;
  /** Indices, from 0, of the lines with a mistake. */
  readonly lines: ReadonlySet<number>;
}

/** Of so many lines that are not blank, one has a mistake. */
const LINES_PER_MISTAKE = 40;
/** Lines between two mistakes. */
const MIN_DISTANCE_LINES = 4;

/** `removed` UTF-16 units at `start` give way to `inserted`. */
interface Change {
  readonly line: number;
  readonly start: number;
  readonly removed: number;
  readonly inserted: string;
}

/** Puts mistakes of one kind into lines that `random` draws, at least one where there is a line for it. */
export function seeded(
  text: string,
  mistake: Mistake,
  random: RandomGenerator,
  syntax: TokenSyntax,
): SeededText {
  const tokens = tokensOf(text, syntax);
  const context: Context = { text, tokens, random, identifiers: identifiersOf(tokens) };
  const candidates = shuffled(placesFor(mistake, context), random);
  const wanted = Math.max(
    1,
    Math.round(text.split('\n').filter((line) => line.trim()).length / LINES_PER_MISTAKE),
  );
  const changes: Change[] = [];
  for (const token of candidates) {
    if (changes.length === wanted) break;
    if (changes.some(({ line }) => Math.abs(line - token.line) < MIN_DISTANCE_LINES)) continue;
    const change = changeAt(mistake, token, context);
    if (change) changes.push(change);
  }
  changes.sort((a, b) => b.start - a.start);
  let changed = text;
  for (const { start, removed, inserted } of changes) {
    changed = changed.slice(0, start) + inserted + changed.slice(start + removed);
  }
  return { text: changed, lines: new Set(changes.map(({ line }) => line)) };
}

interface Context {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly random: RandomGenerator;
  readonly identifiers: readonly string[];
}

function isIdentifier({ kind, isProse, text }: Token): boolean {
  return kind === 'word' && !isProse && text.length >= 2 && !KEYWORDS.has(text);
}

function isIndented({ start, end }: Token): boolean {
  return end > start;
}

function identifiersOf(tokens: readonly Token[]): string[] {
  return [...new Set(tokens.filter(isIdentifier).map(({ text }) => text))];
}

/** Tokens that a mistake may be made in; for wrong indentation, the first sign or word of a line. */
function placesFor(mistake: Mistake, { tokens }: Context): Token[] {
  switch (mistake) {
    case 'typing error':
      return tokens.filter((token) => isIdentifier(token) && token.text.length >= 4);
    case 'typing error in prose':
      return tokens.filter(({ kind, isProse, text }) => kind === 'word' && isProse && text.length >= 4);
    case 'wrong identifier':
      return tokens.filter(isIdentifier);
    case 'swapped operator':
      return tokens.filter(({ isProse, text }) => !isProse && OPERATORS.has(text));
    case 'deleted character':
      return tokens.filter(({ kind }) => kind === 'word' || kind === 'sign' || kind === 'number');
    case 'wrong indentation':
      return tokens.filter((token, i) => {
        const before = i === 0 ? undefined : tokens[i - 1];
        return (
          before?.kind === 'indentation' && isIndented(before) && !token.isProse && token.kind !== 'newline'
        );
      });
  }
}

function changeAt(mistake: Mistake, token: Token, context: Context): Change | undefined {
  const { text, random } = context;
  const { line, start, end } = token;
  const replaced = (inserted: string): Change | undefined =>
    inserted === text.slice(start, end) ? undefined : { line, start, removed: end - start, inserted };
  switch (mistake) {
    case 'typing error':
    case 'typing error in prose': {
      const wrong = mistyped(token.text, random);
      return context.identifiers.includes(wrong) ? undefined : replaced(wrong);
    }
    case 'wrong identifier':
      return replaced(drawn(context.identifiers, random));
    case 'swapped operator':
      return replaced(drawn(OPERATORS.get(token.text)!, random));
    case 'deleted character': {
      const at = start + below(end - start, random);
      // A line must not become a blank one, which is not rated.
      if (lineAt(text, at).trim().length < 2) return undefined;
      return { line, start: at, removed: 1, inserted: '' };
    }
    case 'wrong indentation':
      return misindented(token, context);
  }
}

/** Swaps two letters, leaves one out, doubles one or hits the key next to it. */
function mistyped(word: string, random: RandomGenerator): string {
  const at = below(word.length - 1, random);
  const before = word.slice(0, at);
  const [letter, next] = word.slice(at);
  const after = word.slice(at + 1);
  switch (below(4, random)) {
    case 0:
      return before + next + letter + after.slice(1);
    case 1:
      return before + after;
    case 2:
      return before + letter + letter + after;
    default: {
      const keys = KEYS_BESIDE.get(letter.toLowerCase());
      const key = keys ? drawn([...keys], random) : letter;
      return before + (letter === letter.toLowerCase() ? key : key.toUpperCase()) + after;
    }
  }
}

/** One step of indentation more or less; the step is that of the first line that is indented. */
function misindented({ line, start }: Token, { text, tokens, random }: Context): Change | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const first = tokens.find((token) => token.kind === 'indentation' && !token.isProse && isIndented(token))!;
  const step = text.slice(first.start, first.end);
  const indentation = text.slice(lineStart, start);
  const isLess = below(2, random) === 0 && indentation.startsWith(step);
  const inserted = isLess ? indentation.slice(step.length) : indentation + step;
  return { line, start: lineStart, removed: start - lineStart, inserted };
}

/** Operators by what is written instead of them. */
const OPERATORS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    '==': ['!=', '=', '>='],
    '!=': ['=='],
    '===': ['!==', '=='],
    '!==': ['==='],
    '<': ['>', '<='],
    '>': ['<', '>='],
    '<=': ['<', '>='],
    '>=': ['>', '<='],
    '+': ['-'],
    '-': ['+'],
    '*': ['/'],
    '/': ['*'],
    '+=': ['-=', '='],
    '-=': ['+=', '='],
    '&&': ['||', '&'],
    '||': ['&&', '|'],
    '&': ['|', '&&'],
    '|': ['&', '||'],
    '!': ['~'],
    '=': ['=='],
    ':=': ['='],
    '<<': ['>>'],
    '>>': ['<<'],
    '=>': ['->'],
    '->': ['=>', '.'],
  }),
);

const KEYS_BESIDE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    q: 'wa',
    w: 'qes',
    e: 'wrd',
    r: 'etf',
    t: 'ryg',
    y: 'tuh',
    u: 'yij',
    i: 'uok',
    o: 'ipl',
    p: 'ol',
    a: 'qsz',
    s: 'awdx',
    d: 'sefc',
    f: 'drgv',
    g: 'fthb',
    h: 'gyjn',
    j: 'hukm',
    k: 'jil',
    l: 'kop',
    z: 'asx',
    x: 'zsdc',
    c: 'xdfv',
    v: 'cfgb',
    b: 'vghn',
    n: 'bhjm',
    m: 'njk',
  }),
);

function lineAt(text: string, at: number): string {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1).split('\n', 1)[0];
}

function below(limit: number, random: RandomGenerator): number {
  return Math.floor(random.nextUniform() * limit);
}

function drawn<T>(values: readonly T[], random: RandomGenerator): T {
  return values[below(values.length, random)];
}

function shuffled<T>(values: readonly T[], random: RandomGenerator): T[] {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const j = below(i + 1, random);
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}
