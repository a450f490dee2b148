import type { WritingSample } from '../../model/index.ts';
import type { BitsPerCharacter } from '../data/evaluation.ts';
import type { TrainingEvent } from '../events.ts';
import { SampleTimeline } from '../output/sample-timeline.ts';
import { LossHistory, thinned } from './loss-history.ts';
import type { TrainingHistory } from './training-state.ts';

type StepEvent = Extract<TrainingEvent, { event: 'step' }>;

/** Reports what happens as events, and keeps the history that a model file holds. */
export class Recorder {
  private readonly onEvent: (event: TrainingEvent) => void;
  private readonly losses: LossHistory;
  private readonly timeline: SampleTimeline;
  private validations: TrainingHistory['validations'];

  /**
   * @param history of the model that is trained on.
   * @param step of that model.
   */
  constructor(history: TrainingHistory, step: number, onEvent: (event: TrainingEvent) => void) {
    this.onEvent = onEvent;
    this.losses = new LossHistory(history.losses, step);
    this.validations = history.validations;
    this.timeline = new SampleTimeline(history.samples);
  }

  get history(): TrainingHistory {
    return {
      losses: this.losses.toStored(),
      validations: this.validations,
      samples: this.timeline.toStored(),
    };
  }

  emit(event: TrainingEvent): void {
    this.onEvent(event);
  }

  step(step: Omit<StepEvent, 'event'>): void {
    // The curve is that of the joint loss.
    if (!step.isAlone) this.losses.add(step.step, step.loss);
    this.onEvent({ event: 'step', ...step });
  }

  validation(step: number, measure: BitsPerCharacter): void {
    const { bitsPerCharacter } = measure;
    const earlier = this.validations.filter((validation) => validation.step < step);
    this.validations = thinned([...earlier, { step, bitsPerCharacter }]);
    this.onEvent({ event: 'validation', step, ...measure });
  }

  sample(sample: WritingSample): void {
    this.timeline.add(sample);
    this.onEvent({ event: 'sample', ...sample });
  }
}
