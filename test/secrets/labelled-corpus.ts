import { readFileSync } from 'node:fs';
import path from 'node:path';

/** One way to write a credential, or one text that looks like one. */
export interface LabelledCase {
  /** Name of the file that it would stand in. */
  readonly path: string;
  readonly text: string;
  /** The parts that must not be left. */
  readonly secrets: readonly string[];
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const LETTERS = LOWER + LOWER.toUpperCase();

const ALPHABETS: Readonly<Record<string, string>> = {
  hex: `${DIGITS}abcdef`,
  HEX: `${DIGITS}ABCDEF`,
  digits: DIGITS,
  letters: LETTERS,
  lowerdigits: LOWER + DIGITS,
  b32: `${LOWER.toUpperCase()}234567`,
  b58: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
  b62: LETTERS + DIGITS,
  b64: `${LETTERS}${DIGITS}+/`,
  b64url: `${LETTERS}${DIGITS}-_`,
  b85: `${LETTERS}${DIGITS}!#$%&()*+-;<=>?@^_{|}~`,
};

/** A generator of Lehmer with the constants of Park and Miller, so that every run draws the same characters. */
function uniform(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/**
 * The cases of a file of this folder. `@ path` names the file of the cases below it, a case is a line, `⏎` stands for
 * a line end, `«…»` marks what is secret, `{alphabet:length}` draws random characters.
 */
export function readCases(name: string, draw = 0): LabelledCase[] {
  return parseCases(readFileSync(path.join(import.meta.dirname, 'corpus', name), 'utf8'), draw);
}

/** The cases of a text in the format above; `draw` chooses the random characters. */
export function parseCases(text: string, draw: number): LabelledCase[] {
  const cases: LabelledCase[] = [];
  let file = '';
  text.split('\n').forEach((line, number) => {
    if (line.startsWith('@ ')) file = line.slice(2);
    else if (line !== '' && !line.startsWith('@@')) cases.push(caseOf(file, line, number + 1_000 * draw + 1));
  });
  return cases;
}

function caseOf(file: string, template: string, seed: number): LabelledCase {
  const next = uniform(seed * 7_919);
  const drawn = template
    .replaceAll('⏎', '\n')
    .replaceAll(/\{(\w+):(\d+)\}/g, (_, name: string, length: string) => {
      const alphabet = ALPHABETS[name];
      if (alphabet === undefined) throw new Error(`There is no alphabet ${name}.`);
      return Array.from(
        { length: Number(length) },
        () => alphabet[Math.floor(next() * alphabet.length)],
      ).join('');
    });
  const secrets = [...drawn.matchAll(/«([^»]*)»/g)].map(([, secret]) => secret);
  return { path: file, text: drawn.replaceAll(/[«»]/g, ''), secrets };
}
