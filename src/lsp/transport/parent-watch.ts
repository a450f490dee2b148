import { isAlive } from '../../common/process-alive.ts';

/** Time between two looks at the client's process. */
const INTERVAL_MS = 1000;

/** Calls `onGone` within about a second of the end of a process, which may leave its pipes open. */
export function watchProcess(pid: number, onGone: () => void): void {
  const timer = setInterval(() => {
    if (isAlive(pid)) return;
    clearInterval(timer);
    onGone();
  }, INTERVAL_MS);
  timer.unref();
}
