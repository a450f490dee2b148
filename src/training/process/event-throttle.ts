import type { TrainingEvent } from '../events.ts';

/**
 * Passes every event on but `step` events that follow the last one by less than `interval` milliseconds. The
 * first step and, before `done`, the last one are always passed on.
 */
export function thinSteps(
  pass: (event: TrainingEvent) => void,
  interval: number,
  now: () => number = () => performance.now(),
): (event: TrainingEvent) => void {
  let lastAt = -Infinity;
  let heldBack: TrainingEvent | undefined;
  return (event) => {
    if (event.event === 'step') {
      heldBack = now() - lastAt < interval ? event : undefined;
      if (heldBack) return;
      lastAt = now();
    } else if (event.event === 'done') {
      if (heldBack) pass(heldBack);
      heldBack = undefined;
    }
    pass(event);
  };
}
