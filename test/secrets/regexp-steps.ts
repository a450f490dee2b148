import { RegExpParser } from '@eslint-community/regexpp';
import type { AST } from '@eslint-community/regexpp';

/** Continues a match behind `index`; true when all of it matched. */
type Continue = (index: number) => boolean;
type Matcher = (text: string, index: number, then: Continue) => boolean;

let steps = 0;
const parser = new RegExpParser();
const matchers = new Map<string, Matcher>();

/**
 * Counts what a backtracking engine does for each regular expression that `work` runs: one step for each part of a
 * pattern that is tried at a place. Engines have shortcuts, so this is an upper bound that no machine's speed changes.
 */
export async function countRegExpSteps(work: () => Promise<unknown>): Promise<number> {
  // All methods that search go through `exec` once it is not the engine's own.
  const exec = Object.getOwnPropertyDescriptor(RegExp.prototype, 'exec')!.value as (
    this: RegExp,
    text: string,
  ) => RegExpExecArray | null;
  steps = 0;
  const counting = function (this: RegExp, text: string): RegExpExecArray | null {
    RegExp.prototype.exec = exec;
    try {
      search(this, text);
      return exec.call(this, text);
    } finally {
      RegExp.prototype.exec = counting;
    }
  };
  RegExp.prototype.exec = counting;
  try {
    await work();
    return steps;
  } finally {
    RegExp.prototype.exec = exec;
  }
}

function search(expression: RegExp, text: string): void {
  const key = `${expression.flags}/${expression.source}`;
  let matcher = matchers.get(key);
  if (matcher === undefined) {
    const { flags } = expression;
    const pattern = parser.parsePattern(expression.source, undefined, undefined, {
      unicode: flags.includes('u'),
    });
    matcher = oneOf(pattern.alternatives, flags.replaceAll(/[gy]/g, ''));
    matchers.set(key, matcher);
  }
  const first = expression.global || expression.sticky ? expression.lastIndex : 0;
  const last = expression.sticky ? first : text.length;
  for (let start = first; start <= last; start++) if (matcher(text, start, () => true)) return;
}

function oneOf(alternatives: readonly AST.Alternative[], flags: string): Matcher {
  const all = alternatives.map(({ elements }) =>
    inSequence(elements.map((element) => matcherOf(element, flags))),
  );
  return (text, index, then) => all.some((matcher) => matcher(text, index, then));
}

function inSequence(matchers: readonly Matcher[]): Matcher {
  return (text, index, then) => {
    const from = (k: number, at: number): boolean =>
      k === matchers.length ? then(at) : matchers[k](text, at, (next) => from(k + 1, next));
    return from(0, index);
  };
}

function matcherOf(element: AST.Element, flags: string): Matcher {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return oneOf(element.alternatives, flags);
    case 'Quantifier':
      return repeated(element, flags);
    case 'Assertion':
      return asserted(element, flags);
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return oneCharacter(element.raw, flags);
    case 'Backreference':
    case 'ExpressionCharacterClass':
      throw new Error(`${element.raw} is not known here`);
  }
}

function oneCharacter(raw: string, flags: string): Matcher {
  const one = new RegExp(`^(?:${raw})$`, flags);
  const known = new Map<string, boolean>();
  return (text, index, then) => {
    steps++;
    if (index >= text.length) return false;
    const character = text[index];
    let fits = known.get(character);
    if (fits === undefined) known.set(character, (fits = one.test(character)));
    return fits && then(index + 1);
  };
}

function repeated({ element, min, max, greedy }: AST.Quantifier, flags: string): Matcher {
  const matcher = matcherOf(element, flags);
  return (text, start, then) => {
    const from = (count: number, index: number): boolean => {
      const once = (): boolean =>
        count < max && matcher(text, index, (next) => (next > index || count < min) && from(count + 1, next));
      if (count < min) return once();
      return greedy ? once() || then(index) : then(index) || once();
    };
    return from(0, start);
  };
}

function asserted(element: AST.Assertion, flags: string): Matcher {
  if (element.kind === 'lookahead') {
    const inner = oneOf(element.alternatives, flags);
    return (text, index, then) => inner(text, index, () => true) !== element.negate && then(index);
  }
  if (element.kind === 'lookbehind') {
    const inner = oneOf(element.alternatives, flags);
    // Those of this project are of a few characters.
    return (text, index, then) => {
      let found = false;
      for (let start = Math.max(0, index - 8); start <= index && !found; start++)
        found = inner(text, start, (end) => end === index);
      return found !== element.negate && then(index);
    };
  }
  const multiline = flags.includes('m');
  return (text, index, then) => {
    steps++;
    const isWord = (at: number): boolean => /\w/.test(text[at] ?? '');
    const holds =
      element.kind === 'start'
        ? index === 0 || (multiline && text[index - 1] === '\n')
        : element.kind === 'end'
          ? index === text.length || (multiline && text[index] === '\n')
          : (isWord(index - 1) !== isWord(index)) !== (element.kind === 'word' && element.negate);
    return holds && then(index);
  };
}
