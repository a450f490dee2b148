import { codeOf } from './system-errors.ts';

/** Whether a process of this machine runs; one of another user counts, though it takes no signal from us. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
