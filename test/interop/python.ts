import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { userCache } from '../../src/common/user-cache.ts';

/** Pythons to ask, in order: those that CHAR_RNN_PYTHON lists, the one `npm run interop` makes, those on the PATH. */
function candidates(): string[] {
  const named = process.env['CHAR_RNN_PYTHON']?.split(delimiter).filter((path) => path !== '') ?? [];
  const made = join(
    userCache(),
    'python',
    process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python',
  );
  return [...named, ...(existsSync(made) ? [made] : []), 'python3', 'python'];
}

/** A Python that has all of `modules`; undefined, and a line that says so, where there is none. */
export function findPython(modules: readonly string[], forWhat: string): string | undefined {
  const script = `import ${['sys', ...modules].join(', ')}; assert sys.version_info >= (3, 9)`;
  for (const python of candidates()) {
    try {
      execFileSync(python, ['-c', script], { stdio: 'ignore', timeout: 120_000 });
      return python;
    } catch {
      continue;
    }
  }
  console.log(
    `${forWhat} did not run: no Python here has ${modules.join(' and ')}; npm run interop -- --torch makes one, and CHAR_RNN_PYTHON names another.`,
  );
  return undefined;
}
