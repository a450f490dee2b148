import type { CorpusOptions } from '../corpus/index.ts';
import type { EngineSetting } from '../engine/index.ts';
import type { Cell, Optimizer } from '../model/index.ts';

/** How to train: the options of the command line, and the settings `charRnn.training.*` and `charRnn.model.*`. */
export interface TrainingOptions {
  readonly cell: Cell;
  readonly layers: number;
  readonly units: number;
  /** E; left out: as many as units. 0: one-hot. */
  readonly embedding?: number;
  readonly dropout: number;
  /** Symbols that a new network knows at most, the two that are no characters included; left out: 2,048. */
  readonly maxVocabulary?: number;
  /** The parallel streams; a small corpus takes fewer, so that an epoch has at least 20 windows. */
  readonly batchSize: number;
  readonly sequenceLength: number;
  /** Whichever is reached first ends training; minutes count from this start, the others as `limits` of the request says. */
  readonly epochs: number;
  readonly steps?: number;
  readonly minutes?: number;
  readonly optimizer: Optimizer;
  /**
   * In epoch e of a run, from 0, the rate is learningRate · learningRateDecay^e; of a model that began with the base
   * network 15 % of that. It falls to a twentieth over the last 40 % of a run that is limited by minutes.
   */
  readonly learningRate: number;
  readonly learningRateDecay: number;
  readonly clipNorm: number;
  readonly validationFraction: number;
  readonly seed: number;
  /** Has a new network learn Hangul syllables as their jamo, some 70 symbols instead of thousands. */
  readonly decomposeHangul?: boolean;
  /** Trains a new network jointly with a context model of the files; left out: no. */
  readonly memory?: boolean;
  /** Steps between the samples of the timeline; left out: only at milestones. */
  readonly sampleEvery?: number;
  /** The text that the samples of the timeline continue; left out: the start of a file. */
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
  /** File of the base network, whose weights a new network of the same shape begins with; left out: random weights. */
  readonly basePath?: string;
}
