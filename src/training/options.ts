import type { CorpusOptions } from '../corpus/index.ts';
import type { EngineSetting } from '../engine/index.ts';
import type { Cell, Optimizer } from '../model/index.ts';

/** How to train; the command line's options and the settings `charRnn.training.*` and `charRnn.model.*`. */
export interface TrainingOptions {
  readonly cell: Cell;
  readonly layers: number;
  readonly units: number;
  /** E; left out: as many as units. 0: one-hot. */
  readonly embedding?: number;
  readonly dropout: number;
  /** Most parallel streams; fewer on a small corpus, so that an epoch has at least 20 windows. */
  readonly batchSize: number;
  readonly sequenceLength: number;
  /** Whichever is reached first ends training; minutes count from this start, the others as `limits` of the request says. */
  readonly epochs: number;
  readonly steps?: number;
  readonly minutes?: number;
  readonly optimizer: Optimizer;
  /** At epoch e the rate is learningRate · learningRateDecay^e. */
  readonly learningRate: number;
  readonly learningRateDecay: number;
  readonly clipNorm: number;
  readonly validationFraction: number;
  readonly seed: number;
  /** Learn Hangul syllables as their jamo: some 70 symbols instead of thousands. For a new network. */
  readonly decomposeHangul?: boolean;
  /** Trains a new network jointly with a memory of the files, which it then needs beside it; left out: no. */
  readonly memory?: boolean;
  /** Steps between samples of the timeline; left out: only at milestones. */
  readonly sampleEvery?: number;
  /** What the samples of the timeline go on from; left out: the start of a file. */
  readonly samplePrime?: string;
  readonly sampleTemperature?: number;
  /** Epochs, such as 0.1, at which the network is measured on held-out text and writes a sample. */
  readonly milestones?: readonly number[];
  /** Steps between checkpoints, apart from those that are due by time. */
  readonly checkpointEvery?: number;
}

export const defaultTrainingOptions: TrainingOptions = {
  cell: 'lstm',
  layers: 2,
  units: 128,
  dropout: 0,
  batchSize: 50,
  sequenceLength: 200,
  epochs: 50,
  optimizer: 'adam',
  learningRate: 0.002,
  learningRateDecay: 0.97,
  clipNorm: 5,
  validationFraction: 0.1,
  seed: 0,
};

/** Everything a training needs; plain data, so that it crosses to another process. */
export interface TrainingRequest {
  readonly modelPath: string;
  readonly corpus: CorpusOptions;
  readonly options: TrainingOptions;
  /**
   * Epochs and steps count from the model's beginning (`total`, the command line: an interrupted run resumed with
   * the same words ends where it would have), or from this start (`further`, the editor: training again goes on).
   */
  readonly limits: 'total' | 'further';
  readonly engine: EngineSetting;
  /** 0: the engine decides. */
  readonly threads: number;
  /** Go on from the model file where there is one; otherwise start anew and keep an old file as FILE.previous. */
  readonly resume: boolean;
}
