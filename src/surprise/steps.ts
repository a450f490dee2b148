/** Work that may pause at each yield, and what comes of it. */
export type Steps<T> = Generator<undefined, T, void>;

/** Does all of some work at once. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
