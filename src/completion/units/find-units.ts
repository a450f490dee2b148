import { Correlations, FEATURE_NAMES, featuresOf, type NamedUnit, namedUnits } from '../../units/index.ts';
import { languageIdOf } from '../text/language-id.ts';
import { syntaxOf } from '../text/language-syntax.ts';
import { PositionReader } from './position-reader.ts';
import { stateBefore, UnitReader, type UnitNetwork } from './unit-reader.ts';

/** Of each file only the beginning is read, so that many files count. */
const MAX_FILE_CHARACTERS = 4_000;
const MAX_CHARACTERS = 60_000;
const MIN_CHARACTERS = 5_000;
/** Products of the recurrent weights: 60,000 characters of a layer of 256 LSTM units, some seconds of one processor. */
const MAX_PRODUCTS = 1.6e10;

/** What was found of a network's units. */
export interface FoundUnits {
  /** The strongest first. */
  readonly units: readonly NamedUnit[];
  /** Characters that were read; 0 where no files are known. */
  readonly characters: number;
}

/**
 * Finds units that follow what a person can name, on the beginnings of some files. It may pause at each yield.
 * @param texts learnt texts by file; undefined where a file is just being learnt
 */
export function* findUnits(
  network: UnitNetwork,
  texts: ReadonlyMap<string, string | undefined>,
): Generator<undefined, FoundUnits, void> {
  const { layers, units } = network.stepper.specification;
  const count = layers * units;
  const correlations = new Correlations(count, FEATURE_NAMES.length);
  const limit = sampleSize(layers, units);
  const values = new Float64Array(count);
  let characters = 0;
  for (const [name, text] of inOrder(texts)) {
    if (characters >= limit) break;
    const reader = new UnitReader(network, stateBefore(network, true));
    const position = new PositionReader(languageIdOf(name));
    for (const character of beginningOf(text, Math.min(MAX_FILE_CHARACTERS, limit - characters))) {
      reader.read(character);
      position.read(character);
      characters++;
      // A line end belongs to no line, and no editor shows it.
      if (character !== '\n') {
        reader.writeValues(values);
        correlations.add(values, featuresOf(position));
      }
      yield;
    }
  }
  return { units: namedUnits(correlations, count), characters };
}

/** Characters to read, fewer for a network that takes longer. */
function sampleSize(layers: number, units: number): number {
  const products = (2 * layers - 1) * 4 * units * units;
  return Math.max(MIN_CHARACTERS, Math.min(MAX_CHARACTERS, Math.floor(MAX_PRODUCTS / products)));
}

/** Files in languages with strings or comments first, as in others there is less that could be followed. */
function inOrder(texts: ReadonlyMap<string, string | undefined>): [name: string, text: string][] {
  const known = [...texts].filter((each): each is [string, string] => each[1] !== undefined);
  const isCode = ([name]: [string, string]): boolean => {
    const id = languageIdOf(name);
    const { quotes, lineComments, blockComments } = syntaxOf(id);
    return id !== undefined && quotes.length + lineComments.length + blockComments.length > 0;
  };
  return [...known.filter(isCode), ...known.filter((each) => !isCode(each))];
}

/** The first code points of a text. */
function* beginningOf(text: string, count: number): Generator<string, void, void> {
  for (const character of text) {
    if (count-- <= 0) return;
    yield character;
  }
}
