import type { TrainingEvent } from '../events.ts';

/**
 * Passes on every event except `step` events that follow the last one by less than `intervalMs`. The first step and,
 * before `done`, the last one are always passed on.
 */
export function throttleSteps(
  pass: (event: TrainingEvent) => void,
  intervalMs: number,
  now: () => number = () => performance.now(),
): (event: TrainingEvent) => void {
  let lastAt = -Infinity;
  let heldBack: TrainingEvent | undefined;
  return (event) => {
    if (event.event === 'step') {
      heldBack = now() - lastAt < intervalMs ? event : undefined;
      if (heldBack) return;
      lastAt = now();
    } else if (event.event === 'done') {
      if (heldBack) pass(heldBack);
      heldBack = undefined;
    }
    pass(event);
  };
}
