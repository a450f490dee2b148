import { message } from '../../common/localization/message.ts';
import { sentenceOf } from '../../common/errors.ts';
import { Vocabulary } from '../../corpus/index.ts';
import { parseStrictJson } from '../file/strict-json.ts';
import { FormatError } from '../validate.ts';

/** Our symbols by id, and which id of the other program each of them had; -1: none. */
export interface SymbolPlan {
  readonly symbols: readonly string[];
  readonly sources: readonly number[];
}

/** Names that other programs give our two special symbols. */
const SPECIAL_SYMBOLS: readonly { readonly symbol: string; readonly names: readonly string[] }[] = [
  { symbol: '\uFFFD', names: ['\uFFFD', '<unk>', '<UNK>', '[UNK]'] },
  { symbol: '\u0002', names: ['\u0002', '<s>', '<bos>', '<BOS>', '<sos>', '<start>'] },
];

/**
 * Reads a vocabulary: a list of one-character texts by id, or an object of ids by character.
 * @param size V of the network.
 * @throws FormatError
 */
export function parseVocabulary(json: string, size: number): SymbolPlan {
  const value = parseStrictJson(json, 2);
  const list = Array.isArray(value) ? (value as unknown[]) : listOfIds(value);
  if (list.length !== size) {
    throw new FormatError(message`its vocabulary has ${list.length} symbols where the network has ${size}`);
  }
  const isSpecial = new Set<number>();
  const sources = SPECIAL_SYMBOLS.map(({ names }) => {
    const id = list.findIndex((symbol) => names.includes(symbol as string));
    isSpecial.add(id);
    return id;
  });
  const symbols: unknown[] = SPECIAL_SYMBOLS.map(({ symbol }) => symbol);
  for (const [id, symbol] of list.entries()) {
    if (isSpecial.has(id)) continue;
    if (typeof symbol !== 'string' || [...symbol].length !== 1) {
      throw new FormatError(message`symbol ${id} of its vocabulary is not one character`);
    }
    symbols.push(symbol);
    sources.push(id);
  }
  try {
    return { symbols: Vocabulary.fromSymbols(symbols).symbols, sources };
  } catch (error) {
    throw new FormatError(sentenceOf(error));
  }
}

function listOfIds(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null)
    throw new FormatError(message`its vocabulary is neither a list nor an object`);
  const entries = Object.entries(value);
  const list: unknown[] = Array.from({ length: entries.length }, () => undefined);
  for (const [symbol, id] of entries) {
    if (!Number.isInteger(id) || id < 0 || id >= entries.length || list[id as number] !== undefined) {
      throw new FormatError(message`the ids of its vocabulary are not the whole numbers from 0, each once`);
    }
    list[id as number] = symbol;
  }
  return list;
}
