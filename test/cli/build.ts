import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** vitest's global set-up: the tests run what a user would. */
export default function build(): void {
  const script = fileURLToPath(new URL('../../esbuild.config.mjs', import.meta.url));
  execFileSync(process.execPath, [script], { stdio: 'inherit' });
}
