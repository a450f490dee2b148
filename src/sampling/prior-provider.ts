import type { Vocabulary } from '../corpus/index.ts';
import type { Stepper } from '../engine/index.ts';
import { createMemory, type DocumentMemory, type Memory, type Priors } from '../context-model/index.ts';
import { normalized } from '../common/text.ts';

/** What predicts beside a network that was trained with a prior, a symbol at a time. */
export interface Beside {
  /** What may come next, as the network's prior; holds until the next call. `places` is 1. */
  prior(): Priors;
  /** Goes on over what was written. */
  advance(codePoint: number): void;
}

/** UTF-16 units of a text that are remembered at the most; beyond, its older half is forgotten. */
const LONGEST = 2 ** 18;

/** A memory of one text alone: its beginning, and what has been written since. */
export class TextMemory implements Beside {
  private readonly document: DocumentMemory;

  /** @param memory whatever it knows besides has a say, too. */
  constructor(memory: Memory, text: string) {
    this.document = memory.openDocument('', '');
    // All of it at once, where a document that is opened with it would learn most of it later.
    this.document.edit(0, 0, normalized(text).slice(-LONGEST));
  }

  prior(): Priors {
    return this.document.reader().prior();
  }

  advance(codePoint: number): void {
    const { document } = this;
    if (document.length >= LONGEST) document.edit(0, LONGEST / 2, '');
    document.edit(document.length, 0, String.fromCodePoint(codePoint));
  }
}

/** The memory of `text` alone that a network trained with a prior writes with; undefined for one without. */
export async function besideFor(stepper: Stepper, text: string): Promise<Beside | undefined> {
  return stepper.biasScale && new TextMemory(await createMemory(), text);
}

/** Ids of a vocabulary's symbols by their code points. */
export function idsByCodePoint({ symbols }: Vocabulary): ReadonlyMap<number, number> {
  return new Map(symbols.map((symbol, id) => [symbol.codePointAt(0)!, id]));
}

/**
 * Adds (w + g·h) d of a prior to W h + b; nothing for a network without.
 * @param state that `logits` [V] were computed from.
 */
export function addPrior(
  logits: Float32Array,
  stepper: Stepper,
  state: Float32Array,
  { codePoints, deltas }: Priors,
  ids: ReadonlyMap<number, number>,
): void {
  const gate = stepper.biasScale?.(state) ?? 0;
  for (const [index, codePoint] of codePoints.entries()) {
    const id = ids.get(codePoint);
    if (id !== undefined) logits[id] += gate * deltas[index];
  }
}
