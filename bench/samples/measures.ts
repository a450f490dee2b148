import type { ContextModel } from '../../src/context-model/index.ts';

/** Measures of a text that a network wrote; shares are from 0 to 1. */
export interface SampleMeasures {
  /** Share of distinct sequences among all sequences of six characters. */
  readonly distinctSixGrams: number;
  /** Length of the longest passage that occurs twice; the two may overlap. */
  readonly longestRepetition: number;
  /** Number of identifiers of four or more letters, digits and underscores. */
  readonly identifiers: number;
  /** Number of these identifiers that the code base has. */
  readonly knownIdentifiers: number;
}

const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_]{3,}/gu;
const GRAM_LENGTH = 6;

/** The identifiers of a code base. */
export function identifiersOf(texts: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of texts) for (const [identifier] of text.matchAll(IDENTIFIER)) found.add(identifier);
  return found;
}

/** @param known the identifiers of the code base. */
export function measureSample(sample: string, known: ReadonlySet<string>): SampleMeasures {
  const identifiers = Array.from(sample.matchAll(IDENTIFIER), ([identifier]) => identifier);
  return {
    distinctSixGrams: distinctGrams(sample),
    longestRepetition: longestRepetition(sample),
    identifiers: identifiers.length,
    knownIdentifiers:
      identifiers.length === 0
        ? 0
        : identifiers.filter((identifier) => known.has(identifier)).length / identifiers.length,
  };
}

function distinctGrams(text: string): number {
  const characters = [...text];
  const count = characters.length - GRAM_LENGTH + 1;
  if (count <= 0) return 1;
  const grams = new Set<string>();
  for (let start = 0; start < count; start++)
    grams.add(characters.slice(start, start + GRAM_LENGTH).join(''));
  return grams.size / count;
}

/** By the longest common endings of all pairs of beginnings, a row at a time: quadratic, for samples. */
function longestRepetition(text: string): number {
  const characters = [...text];
  let longest = 0;
  let above = new Int32Array(characters.length + 1);
  for (let i = 1; i < characters.length; i++) {
    const row = new Int32Array(characters.length + 1);
    for (let j = 0; j < i; j++) {
      if (characters[i] !== characters[j]) continue;
      row[j + 1] = above[j] + 1;
      longest = Math.max(longest, row[j + 1]);
    }
    above = row;
  }
  return longest;
}

/** Characters among which the probability that the context model does not list is shared equally. */
const ALPHABET_SIZE = 128;

/**
 * Bits per character of a sample under a context model that knows the code base and reads the sample as a new file. It
 * judges the sample independently of the network.
 */
export function bitsUnder(contextModel: ContextModel, sample: string): number {
  const codePoints = Array.from(sample, (character) => character.codePointAt(0)!);
  let nats = 0;
  let at = 0;
  for (const { positions, codePoints: listed, deltas } of contextModel.leaveOneOut('a sample', sample)) {
    const K = listed.length / positions;
    for (let first = 0; first < listed.length; first += K, at++) {
      let total = ALPHABET_SIZE - K;
      let delta = 0;
      for (let k = first; k < first + K; k++) {
        if (listed[k] >= 0) total += Math.exp(deltas[k]);
        if (listed[k] === codePoints[at]) delta = deltas[k];
      }
      nats += Math.log(total) - delta;
    }
  }
  return nats / Math.LN2 / Math.max(1, codePoints.length);
}
