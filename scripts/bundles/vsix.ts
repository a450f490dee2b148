import { cp, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { UserFacingError } from '../../src/common/errors.ts';
import { cachedTensorFlow } from '../../src/engine/tensorflow/runtime/locate.ts';
import { manifest, ROOT } from '../repository.ts';
import { packagedReadme } from './packaged-readme.ts';

/** Limits on the size of the package, and of one with TensorFlow. */
const MAX_BYTES = { universal: 3_500_000, platform: 200_000_000 };

export interface Package {
  readonly path: string;
  readonly bytes: number;
}

/** Packages dist/, as built, for installation on every platform: with the wasm engine alone. */
export async function packageExtension(): Promise<Package> {
  const path = await packagePath('');
  await createVSIX({ ...(await packaging()), packagePath: path });
  return measured(path, MAX_BYTES.universal);
}

/** The platform that runs this, as VS Code calls it. */
export const THIS_PLATFORM = `${process.platform}-${process.arch}`;

/**
 * Packages dist/, as built, with this user's TensorFlow, for this platform.
 * @throws UserFacingError where TensorFlow is not installed for this user.
 */
export async function packageWithTensorFlow(): Promise<Package> {
  const tensorFlow = cachedTensorFlow();
  if (!(await stat(tensorFlow).catch(() => undefined))) {
    throw new UserFacingError(
      `TensorFlow is not in ${tensorFlow}, so it cannot be packaged; run \`npm run tensorflow\` first.`,
    );
  }
  const path = await packagePath(`-${THIS_PLATFORM}`);
  const carried = join(ROOT, 'dist', 'tensorflow');
  const ignoreFile = join(ROOT, 'out', 'vscodeignore');
  try {
    // The folder may be a link; inside it, links between libraries stay links.
    await cp(await realpath(tensorFlow), carried, { recursive: true, verbatimSymlinks: true });
    const ignored = await readFile(join(ROOT, '.vscodeignore'), 'utf8');
    await writeFile(ignoreFile, `${ignored}!dist/tensorflow/**\n`);
    await createVSIX({ ...(await packaging()), packagePath: path, target: THIS_PLATFORM, ignoreFile });
  } finally {
    await rm(carried, { recursive: true, force: true });
    await rm(ignoreFile, { force: true });
  }
  return measured(path, MAX_BYTES.platform);
}

/** What all packages have in common. */
async function packaging() {
  const readmePath = join('out', 'README.md');
  await mkdir(join(ROOT, 'out'), { recursive: true });
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  await writeFile(join(ROOT, readmePath), packagedReadme(readme));
  // Everything is bundled: dependencies stay out.
  return { cwd: ROOT, dependencies: false, readmePath, rewriteRelativeLinks: false };
}

async function packagePath(suffix: string): Promise<string> {
  const folder = join(ROOT, 'out');
  await mkdir(folder, { recursive: true });
  return join(folder, `${manifest.name}-${manifest.version}${suffix}.vsix`);
}

async function measured(path: string, most: number): Promise<Package> {
  const { size: bytes } = await stat(path);
  if (bytes > most) {
    throw new UserFacingError(
      `The package ${path} has ${bytes} bytes, more than the ${most} it may have; see what .vscodeignore lets in.`,
    );
  }
  return { path, bytes };
}
