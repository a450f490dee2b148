/** Longer times are shown in minutes, which are then at least two. */
const MAX_SHOWN_SECONDS = 90;

/** Seconds in words, such as `45 s`, `3 min` or `1 h 5 min`. */
export function durationText(seconds: number): string {
  if (seconds < MAX_SHOWN_SECONDS) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
