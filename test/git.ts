import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Runs Git in `folder` without anything of this machine's configuration. @returns what it prints. */
export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
    env: {
      ...process.env,
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      XDG_CONFIG_HOME: path.join(folder, 'none'),
    },
  });
}
