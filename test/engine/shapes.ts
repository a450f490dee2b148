import { caseOf } from './networks.ts';
import type { Case } from './networks.ts';

/** A network and what its windows are like. */
export interface Shape {
  readonly name: string;
  readonly network: Case;
  readonly ignored?: number;
  readonly entries?: number;
}

const shapesOfLstm: readonly Shape[] = [
  {
    name: 'the smallest, one-hot',
    network: caseOf({ units: 5, symbols: 3, embedding: 0, layers: 1, batch: 1, length: 1 }),
  },
  {
    name: 'the smallest, embedded',
    network: caseOf({ units: 5, symbols: 3, embedding: 1, layers: 1, batch: 1, length: 1 }),
  },
  {
    name: 'sizes that fill panels',
    network: caseOf({ units: 16, symbols: 32, embedding: 8, batch: 4, length: 8 }),
  },
  {
    name: 'sizes that fill none',
    network: caseOf({ units: 13, symbols: 98, embedding: 9, batch: 7, length: 11 }),
  },
  {
    name: 'one-hot, two layers',
    network: caseOf({ units: 9, symbols: 17, embedding: 0, batch: 6, length: 9 }),
  },
  {
    name: 'three layers, ignored targets',
    network: caseOf({ units: 10, layers: 3, batch: 5, length: 7 }),
    ignored: 0.4,
  },
  { name: 'nothing to predict', network: caseOf(), ignored: 1 },
  {
    name: 'dropout',
    network: caseOf({ units: 11, layers: 3, batch: 5, length: 6, dropout: 0.4 }),
    ignored: 0.1,
  },
  {
    name: 'a long window',
    network: caseOf({ units: 20, symbols: 40, embedding: 20, batch: 2, length: 150 }),
  },
  {
    name: 'wide',
    network: caseOf({ units: 150, symbols: 30, embedding: 33, layers: 1, batch: 2, length: 3 }),
  },
  {
    name: 'the smallest prior',
    network: caseOf({ units: 5, symbols: 3, embedding: 1, layers: 1, batch: 1, length: 1, prior: true }),
    entries: 1,
  },
  {
    name: 'a prior of more entries than symbols',
    network: caseOf({ units: 9, symbols: 3, embedding: 0, batch: 2, prior: true }),
    entries: 5,
  },
  {
    name: 'a prior, ignored targets, dropout',
    network: caseOf({
      units: 13,
      symbols: 98,
      embedding: 9,
      batch: 7,
      length: 11,
      dropout: 0.3,
      prior: true,
    }),
    ignored: 0.3,
    entries: 8,
  },
  {
    name: 'the largest prior',
    network: caseOf({ units: 16, symbols: 40, batch: 4, length: 8, prior: true }),
    entries: 32,
  },
];

/** Those in which other cells differ from an LSTM. */
const shapesOfOthers: readonly Shape[] = (['gru', 'rnn'] as const).flatMap((cell) => [
  {
    name: `${cell}, the smallest`,
    network: caseOf({ cell, units: 5, symbols: 3, embedding: 0, layers: 1, batch: 1, length: 1 }),
  },
  {
    name: `${cell}, sizes that fill panels`,
    network: caseOf({ cell, units: 16, symbols: 32, embedding: 8, batch: 4, length: 8 }),
  },
  {
    name: `${cell}, one-hot, sizes that fill none`,
    network: caseOf({ cell, units: 13, symbols: 98, embedding: 0, batch: 7, length: 11 }),
  },
  {
    name: `${cell}, three layers, dropout, ignored targets, a prior`,
    network: caseOf({ cell, units: 11, layers: 3, batch: 5, length: 6, dropout: 0.4, prior: true }),
    ignored: 0.3,
    entries: 3,
  },
  {
    name: `${cell}, a long window`,
    network: caseOf({ cell, units: 20, symbols: 40, embedding: 50, batch: 2, length: 150 }),
  },
  {
    name: `${cell}, wide`,
    network: caseOf({ cell, units: 150, symbols: 30, embedding: 33, layers: 2, batch: 2, length: 3 }),
  },
]);

/** The sizes at which an engine may go wrong. */
export const shapes: readonly Shape[] = [...shapesOfLstm, ...shapesOfOthers];
