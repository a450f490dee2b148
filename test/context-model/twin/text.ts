import { FILE_START, type Edge, type TwinText } from './contexts.ts';

/** Symbols by character, in the order in which they were first seen, from 1. */
export class TwinAlphabet {
  private readonly ids = new Map<string, number>();

  textOf(text: string, edge: Edge = FILE_START): TwinText {
    const characters = [...text];
    return {
      symbols: characters.map((character) => this.idOf(character)),
      kinds: characters.map(kindOf),
      ascii: characters.map(asciiOf),
      edge,
    };
  }

  get size(): number {
    return this.ids.size + 1;
  }

  /** The ASCII code of a symbol's character, 127 for all others. */
  asciiOf(symbol: number): number {
    return asciiOf([...this.ids.keys()][symbol - 1] ?? '');
  }

  private idOf(character: string): number {
    const id = this.ids.get(character) ?? this.ids.size + 1;
    this.ids.set(character, id);
    return id;
  }
}

const asciiOf = (character: string): number => Math.min(character.codePointAt(0) ?? 127, 127);

function kindOf(character: string): TwinText['kinds'][number] {
  if (/[\p{L}\p{N}\p{M}_$]/u.test(character)) return 'word';
  if (character === '\n') return 'lineEnd';
  if (/\s/u.test(character)) return 'blank';
  if ('([{'.includes(character)) return 'opening';
  if (')]}'.includes(character)) return 'closing';
  return ',;'.includes(character) ? 'comma' : 'other';
}
