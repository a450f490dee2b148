import { spawnSync } from 'node:child_process';
import esbuild from 'esbuild';
import { ROOT } from '../repository.ts';

/**
 * Bundles a program as the product is bundled: Node cannot import the kernels' bytes by itself.
 * @param entry and `outfile` below the repository's folder
 * @param mainFields of packages, in the order of preference
 */
export async function bundle(entry: string, outfile: string, mainFields?: string[]): Promise<void> {
  await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields,
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
    loader: { '.wasm': 'binary', '.txt': 'text' },
    logLevel: 'warning',
  });
}

/** Runs a bundle with this process's arguments. @returns its exit status */
export function runBundle(outfile: string): number {
  const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  return status ?? 1;
}
