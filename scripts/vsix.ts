import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { UserFacingError } from '../src/errors.ts';
import { manifest, root } from './repository.ts';

/** Bytes that the package may have at the most. */
const largest = 2_000_000;

/** Packages dist/, as built, for installation. */
export async function packageExtension(): Promise<{ readonly path: string; readonly bytes: number }> {
  const folder = join(root, 'out');
  const path = join(folder, `${manifest.name}-${manifest.version}.vsix`);
  await mkdir(folder, { recursive: true });
  // Everything is bundled: dependencies stay out.
  await createVSIX({ cwd: root, packagePath: path, dependencies: false });
  const { size: bytes } = await stat(path);
  if (bytes > largest) {
    throw new UserFacingError(
      `The package ${path} has ${bytes} bytes, more than the ${largest} it may have; see what .vscodeignore lets in.`,
    );
  }
  return { path, bytes };
}
