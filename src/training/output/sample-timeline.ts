import { MAX_SAMPLES } from '../../model/index.ts';
import type { WritingSample } from '../../model/index.ts';

/** Keeps what a network wrote while it learnt: the first sample, the last, and others spread evenly between them. */
export class SampleTimeline {
  private samples: readonly WritingSample[];

  /** @param stored of the model that is trained on. */
  constructor(stored: readonly WritingSample[] = []) {
    this.samples = stored;
  }

  /** Adds a sample. Those from its step on are dropped: they belong to updates that a crash has undone. */
  add(sample: WritingSample): void {
    const kept = [...this.samples.filter(({ step }) => step < sample.step), sample];
    this.samples = kept.length > MAX_SAMPLES ? withoutDensest(kept) : kept;
  }

  toStored(): readonly WritingSample[] {
    return this.samples;
  }
}

/** Without the sample whose neighbours are nearest to each other; the first and the last stay. */
function withoutDensest(samples: readonly WritingSample[]): readonly WritingSample[] {
  const gap = (i: number): number => samples[i + 1].step - samples[i - 1].step;
  let densest = 1;
  for (let i = 2; i < samples.length - 1; i++) if (gap(i) < gap(densest)) densest = i;
  return samples.filter((_, i) => i !== densest);
}
