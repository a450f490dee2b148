/**
 * Runs `work` in the next frame, and then at most once in `intervalMs` however often it is asked for.
 * @returns what asks for it.
 */
export function coalesced(work: () => void, intervalMs: number): () => void {
  let isAsked = false;
  let lastAt = -Infinity;
  const run = (): void => {
    isAsked = false;
    lastAt = performance.now();
    work();
  };
  return () => {
    if (isAsked) return;
    isAsked = true;
    const waitMs = lastAt + intervalMs - performance.now();
    if (waitMs <= 0) requestAnimationFrame(run);
    else setTimeout(() => requestAnimationFrame(run), waitMs);
  };
}
