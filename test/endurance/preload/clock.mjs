/** Loaded into every process of a session: its wall clock is ahead by as many milliseconds as a file says. */
import { readFileSync } from 'node:fs';

const OFFSET_FILE = process.env.ENDURANCE_CLOCK_FILE;
const READ_INTERVAL_MS = 200;
const SystemDate = Date;
let offset = 0;
let readAt = -Infinity;

function now() {
  const elapsed = performance.now();
  if (elapsed - readAt >= READ_INTERVAL_MS) {
    readAt = elapsed;
    try {
      offset = Number(readFileSync(OFFSET_FILE, 'utf8'));
    } catch {
      // No more files can be opened, which is another fault of the session.
    }
  }
  return SystemDate.now() + offset;
}

if (OFFSET_FILE !== undefined)
  globalThis.Date = new Proxy(SystemDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new SystemDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
