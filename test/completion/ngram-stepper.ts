import { Vocabulary } from '../../src/corpus/index.ts';
import type { Stepper } from '../../src/engine/index.ts';

const order = 12;

/**
 * A stepper that wants to go on as `text` does: its state holds the last symbols read, and it expects what follows
 * the longest ending of them that occurs in `text`, with probability `certainty`.
 */
export class NgramStepper implements Stepper {
  readonly specification;
  readonly stateSize = order;
  /** Symbols fed in all, to tell what a reading costs. */
  fed = 0;
  private readonly symbols: Int32Array;
  private readonly certainty: number;

  constructor(vocabulary: Vocabulary, text: string, certainty = 0.99) {
    this.specification = {
      cell: 'lstm',
      layers: 1,
      units: 1,
      embedding: 1,
      dropout: 0,
      vocabularySize: vocabulary.size,
    } as const;
    this.symbols = vocabulary.encode(text);
    this.certainty = certainty;
  }

  feed(symbols: ArrayLike<number>, state: Float32Array, logits?: Float32Array): void {
    for (const symbol of Array.from(symbols)) {
      state.copyWithin(0, 1);
      state[order - 1] = symbol + 1;
      this.fed++;
    }
    if (!logits) return;
    const expected = this.expected(state);
    const total = [...expected.values()].reduce((sum, count) => sum + count, 0);
    const rest = (1 - this.certainty) / logits.length;
    for (let id = 0; id < logits.length; id++) {
      logits[id] = Math.log((this.certainty * (expected.get(id) ?? 0)) / total + rest);
    }
  }

  dispose(): void {}

  private expected(state: Float32Array): Map<number, number> {
    let longest = 0;
    let counts = new Map<number, number>();
    for (let next = 0; next < this.symbols.length; next++) {
      let length = 0;
      while (
        length < order &&
        length < next &&
        this.symbols[next - 1 - length] + 1 === state[order - 1 - length]
      ) {
        length++;
      }
      if (length > longest || counts.size === 0) {
        longest = length;
        counts = new Map();
      }
      if (length === longest) counts.set(this.symbols[next], (counts.get(this.symbols[next]) ?? 0) + 1);
    }
    return counts;
  }
}

/** A vocabulary of everything in the texts, and of printable ASCII. */
export function vocabularyOf(...texts: string[]): Vocabulary {
  const ascii = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index)).join('');
  return Vocabulary.fromTexts([`${ascii}\n\t`, ...texts]);
}
