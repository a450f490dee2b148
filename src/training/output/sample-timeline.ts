import { MAX_SAMPLES } from '../../model/index.ts';
import type { WritingSample } from '../../model/index.ts';
import type { TrainingOptions } from '../options.ts';

/** Says when the network is to write a sample while it learns, and keeps what it wrote. */
export class Timeline {
  private readonly every: number | undefined;
  private samples: readonly WritingSample[];
  /** Epochs at which to write, not yet reached, in order. */
  private milestones: readonly number[];

  /**
   * @param stored of the model that is trained on.
   * @param from epochs done before this run, or undefined for a new network.
   */
  constructor(
    { sampleEvery, milestones = [] }: TrainingOptions,
    stored: readonly WritingSample[] = [],
    from?: number,
  ) {
    this.every = sampleEvery;
    this.samples = stored;
    this.milestones = milestones
      .filter((epoch) => from === undefined || epoch > from)
      .toSorted((a, b) => a - b);
  }

  /** Whether a milestone is reached at `epoch`, told once for each. */
  reaches(epoch: number): boolean {
    const left = this.milestones.filter((milestone) => milestone > epoch);
    const isReached = left.length < this.milestones.length;
    this.milestones = left;
    return isReached;
  }

  isDue(step: number): boolean {
    return this.every !== undefined && step % this.every === 0;
  }

  /** What was written from its step on is forgotten: it belongs to updates that a crash has undone. */
  add(sample: WritingSample): void {
    const kept = [...this.samples.filter(({ step }) => step < sample.step), sample];
    this.samples = kept.length > MAX_SAMPLES ? withoutDensest(kept) : kept;
  }

  toStored(): readonly WritingSample[] {
    return this.samples;
  }
}

/** Without the one whose neighbours are nearest to each other; the first and the last stay. */
function withoutDensest(samples: readonly WritingSample[]): readonly WritingSample[] {
  const gap = (i: number): number => samples[i + 1].step - samples[i - 1].step;
  let densest = 1;
  for (let i = 2; i < samples.length - 1; i++) if (gap(i) < gap(densest)) densest = i;
  return samples.filter((_, i) => i !== densest);
}
