import { readFileSync } from 'node:fs';
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

/** A process of this machine, as files name it that outlive it. */
export interface ProcessMark {
  readonly pid: number;
  /** When it started, only to be compared; undefined where the system does not say. */
  readonly processStart?: string;
}

/** This process. */
export function ownMark(): ProcessMark {
  return { pid: process.pid, processStart: startOf(process.pid) };
}

/** Whether that process runs, or one of which the system does not show that it was given the id later. */
export function isRunning({ pid, processStart }: ProcessMark): boolean {
  if (!isAlive(pid)) return false;
  const start = startOf(pid);
  return start === undefined || processStart === undefined || start === processStart;
}

/**
 * The boot of the system and the clock ticks from there to the start of a process, from proc(5). Node shows when other
 * processes started on no other system than Linux.
 */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The second field, the program's name in parentheses, may hold spaces and parentheses; the 22nd is the start.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return /^\d+$/.test(ticks) ? `${bootId} ${ticks}` : undefined;
  } catch {
    return undefined;
  }
}
