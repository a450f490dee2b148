import { idsByCodePoint } from '../../../../src/corpus/index.ts';
import { describe, expect, it } from 'vitest';
import type { Priors } from '../../../../src/context-model/index.ts';
import {
  emptyPrior,
  ENTRIES,
  fillRow,
  pack,
  priorLoss,
} from '../../../../src/training/data/priors/sparse-priors.ts';

const ids = idsByCodePoint(['\uFFFD', '\u0002', 'a', 'b', '😀']);

/** Priors of places that expect these characters this much above the floor. */
function priorsOf(...expected: readonly (readonly (readonly [string, number])[])[]): Priors {
  const codePoints = new Int32Array(expected.length * ENTRIES).fill(-1);
  const deltas = new Float32Array(expected.length * ENTRIES);
  expected.forEach((entries, place) =>
    entries.forEach(([character, delta], k) => {
      codePoints[place * ENTRIES + k] = character.codePointAt(0)!;
      deltas[place * ENTRIES + k] = delta;
    }),
  );
  return { positions: expected.length, codePoints, deltas };
}

describe('packed priors', () => {
  const pieces = [
    priorsOf(
      [
        ['b', 3],
        ['a', 1.5],
      ],
      [],
    ),
    priorsOf([
      ['x', 9],
      ['😀', 100],
      ['a', 0.1],
    ]),
  ];
  const packed = pack(pieces, ids);

  it('give each character its entries, whatever pieces they came in', () => {
    const prior = emptyPrior(4);
    for (const place of [0, 1, 2]) fillRow(prior, 3 - place, packed, place);
    const row = (index: number) => [...prior.symbols.subarray(index * ENTRIES, (index + 1) * ENTRIES)];
    const unused = (count: number) => Array<number>(count).fill(-1);
    expect(row(3)).toEqual([3, 2, ...unused(ENTRIES - 2)]);
    expect([...prior.values.subarray(3 * ENTRIES, 3 * ENTRIES + 2)]).toEqual([3, 1.5]);
    expect(row(2)).toEqual(unused(ENTRIES));
    // What the network does not know and what is next to nothing is left out; the largest is cut.
    expect(row(1)).toEqual([4, ...unused(ENTRIES - 1)]);
    expect(prior.values[ENTRIES]).toBeCloseTo(15.94, 2);
    expect(row(0)).toEqual(unused(ENTRIES));
  });

  it('cost what a softmax of their d over all symbols does', () => {
    const V = 5;
    const prior = emptyPrior(4);
    for (const position of [0, 1, 2]) fillRow(prior, position, packed, position);
    // The last one does not count.
    const targets = Int32Array.of(2, 4, 1, -1);
    const d = [
      [0, 0, 1.5, 3, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, prior.values[2 * ENTRIES]],
    ];
    let expected = 0;
    for (const [row, values] of d.entries()) {
      const total = values.reduce((sum, value) => sum + Math.exp(value), 0);
      expected += Math.log(total) - values[targets[row]];
    }
    expect(priorLoss(targets, prior, V)).toBeCloseTo(expected, 6);
    expect(priorLoss(Int32Array.of(-1, -1, -1, -1), prior, V)).toBe(0);
  });

  it('have nothing for a place behind the end', () => {
    const prior = emptyPrior(1);
    fillRow(prior, 0, packed, 3);
    expect([...prior.symbols]).toEqual(Array(ENTRIES).fill(-1));
  });
});
