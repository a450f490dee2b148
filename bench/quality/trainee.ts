import type { Tensors } from '../../src/model/index.ts';

/** A network that learns while a clock runs. */
export interface Trainee {
  readonly name: string;
  /** Trains on until it has trained for that many seconds, or a step more. */
  trainUntil(seconds: number): Promise<Progress>;
  /** The weights, with the names and shapes of our model files. */
  weights(): Promise<Tensors>;
  close(): void;
}

export interface Progress {
  /** Time spent in training steps; starting, measuring and saving do not count. */
  readonly seconds: number;
  readonly characters: number;
}
