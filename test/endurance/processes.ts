import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What a process of the product is for. */
export type Role = 'extension host' | 'training';

/** A running process of one profile. */
export interface Running {
  readonly pid: number;
  readonly role: Role;
}

const PAGE_BYTES = 4096;
/** State of a process that has ended and whose parent has not asked for its status. */
const ENDED = 'Z';

/**
 * The extension hosts and trainings whose server has `userData` as its profile, from Linux's /proc. The files that an
 * extension host is given do not name its profile, so it is known by the server it descends from.
 * @param server process id of the server
 */
export function runningProcesses(server: number): Running[] {
  const parents = new Map<number, number>();
  const commands = new Map<number, string>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const { state, parent } = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      if (state === ENDED) continue;
      parents.set(pid, parent);
      commands.set(pid, readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)) {
      if (at === server) return true;
    }
    return false;
  };
  return [...commands].flatMap(([pid, command]) => {
    const role = roleOf(command);
    return role !== undefined && isOurs(pid) ? [{ pid, role }] : [];
  });
}

function parseStat(stat: string): { readonly state: string; readonly parent: number } {
  // The name in parentheses may hold spaces; the state and the parent follow it.
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state, parent: Number(parent) };
}

function roleOf(command: string): Role | undefined {
  // The command line's own program has the name as its argument.
  if (command.includes('training-process')) return 'training';
  return command.includes('--type=extensionHost') ? 'extension host' : undefined;
}

/** State letter of a process as Linux gives it; undefined once it has ended. */
export function stateOf(pid: number): string | undefined {
  try {
    const { state } = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return state === ENDED ? undefined : state;
  } catch {
    return undefined;
  }
}

/** Resident bytes and open files of a process; undefined once it has ended. */
export function footprintOf(pid: number): { readonly bytes: number; readonly files: number } | undefined {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return { bytes: pages * PAGE_BYTES, files: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return undefined;
  }
}

/** Sockets of a process that are no UNIX ones, as /proc lists those of its network. */
export function internetSockets(pid: number): string[] {
  try {
    const links = readdirSync(`/proc/${pid}/fd`).map((name) => linkOf(`/proc/${pid}/fd/${name}`));
    const inodes = new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link ?? '')?.[1]));
    return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((protocol) =>
      readFileSync(`/proc/${pid}/net/${protocol}`, 'utf8')
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => fields.length > 9 && inodes.has(fields[9]))
        .map((fields) => `${protocol} ${fields[1]} ${fields[2]}`),
    );
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
