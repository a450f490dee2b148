import type { CountsBySpan, PanelContent, Sample } from '../protocol.ts';
import { mergePoints, thinPoints } from './curve-points.ts';

export const NO_COUNTS: CountsBySpan = { today: {}, week: {}, weeks: {} };

/** What is shown before anything is known. */
export const NO_CONTENT: PanelContent = {
  activity: { kind: 'idle', hasModel: false },
  points: [],
  samples: [],
  corpus: null,
  network: null,
  counts: NO_COUNTS,
};

/** `content` with what an update brings. */
export function updated(content: PanelContent, update: Partial<PanelContent>): PanelContent {
  const { points, samples, ...replaced } = update;
  return {
    ...content,
    ...replaced,
    ...(points && { points: thinPoints(mergePoints(content.points, points)) }),
    ...(samples && { samples: mergeSamples(content.samples, samples) }),
  };
}

/** One update in place of two that follow each other. */
export function joinUpdates(
  first: Partial<PanelContent>,
  second: Partial<PanelContent>,
): Partial<PanelContent> {
  return {
    ...first,
    ...second,
    ...(first.points && second.points && { points: mergePoints(first.points, second.points) }),
    ...(first.samples && second.samples && { samples: mergeSamples(first.samples, second.samples) }),
  };
}

/** Both lists by rising step; those of `later` count from their first step on. */
export function mergeSamples(samples: readonly Sample[], later: readonly Sample[]): readonly Sample[] {
  const [first] = later;
  return first === undefined ? samples : [...samples.filter(({ step }) => step < first.step), ...later];
}
