import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder for downloads that outlive a run: below XDG_CACHE_HOME, or where the platform keeps caches. */
export function userCache(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, 'char-rnn');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'char-rnn');
  if (process.platform === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, 'char-rnn');
  return join(homedir(), '.cache', 'char-rnn');
}
