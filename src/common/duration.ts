import { localize } from './localization/localize.ts';

/** Longer times are shown in minutes, which are then at least two. */
const MAX_SHOWN_SECONDS = 90;

/** Seconds in words of the display language, such as `45 s`, `3 min` or `1 h 5 min`. */
export function durationText(seconds: number): string {
  if (seconds < MAX_SHOWN_SECONDS) return localize`${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60
    ? localize`${minutes} min`
    : localize`${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
