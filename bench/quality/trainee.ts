import type { Tensors } from '../../src/model/index.ts';

/** A network that learns while a clock runs. */
export interface Trainee {
  readonly name: string;
  /** Trains on until it has trained for that many seconds, or a step more. */
  trainUntil(seconds: number): Promise<Progress>;
  /** Named and shaped as in our model files. */
  weights(): Promise<Tensors>;
  close(): void;
}

export interface Progress {
  /** Spent in training steps; starting, measuring and saving do not count. */
  readonly seconds: number;
  readonly characters: number;
}
