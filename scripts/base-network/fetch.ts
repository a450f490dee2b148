import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserFacingError, sentenceOf } from '../../src/common/errors.ts';
import { runCommand, runNpm } from '../commands.ts';
import { extractFromZip } from '../tensorflow/zip.ts';
import type { Package, Registry } from './packages.ts';

/** What is unpacked of zip archives. */
const UNPACKED_ENDINGS =
  /\.(?:py|h|hpp|java|kt|js|ts|html|css|json|c|cpp|md|yaml|yml|toml|groovy|scala|sh|xml|cc)$/;

/** Fetches one package into an empty folder. @returns the folder that holds its files */
type Fetch = (wanted: Package, folder: string) => Promise<string>;

const FETCH: Readonly<Record<Registry, Fetch>> = {
  npm: async ({ name, version }, folder) => {
    await runNpm(['pack', '--ignore-scripts', '--silent', `${name}@${version}`], folder);
    await runCommand('tar', ['-xzf', await onlyFile(folder, '.tgz')], { cwd: folder });
    return folder;
  },
  pip: async ({ name, version }, folder) => {
    const options = ['--quiet', '--no-deps', '--only-binary=:all:'];
    await runCommand('python3', ['-m', 'pip', 'download', ...options, `${name}==${version}`], {
      cwd: folder,
    });
    await unzip(await onlyFile(folder, '.whl'), folder);
    return folder;
  },
  go: async ({ name, version }, folder) => {
    const found = await runCommand('go', ['mod', 'download', '-json', `${name}@${version}`], { cwd: folder });
    return (JSON.parse(found) as { readonly Dir: string }).Dir;
  },
  cargo: async ({ name, version }, folder) => {
    const manifest = `[package]\nname = "fetching"\nversion = "0.0.0"\n[dependencies]\n"${name}" = "=${version}"\n`;
    await writeFile(join(folder, 'Cargo.toml'), manifest);
    await mkdir(join(folder, 'src'));
    await writeFile(join(folder, 'src', 'lib.rs'), '');
    await runCommand('cargo', ['vendor', '--quiet', '--versioned-dirs', 'vendored'], { cwd: folder });
    const wanted = join(folder, 'wanted');
    await rename(join(folder, 'vendored', `${name}-${version}`), wanted);
    await rm(join(folder, 'vendored'), { recursive: true });
    return wanted;
  },
  maven: async ({ name, version }, folder) => {
    const artifact = `-Dartifact=${name}:${version}:jar:sources`;
    await runCommand('mvn', ['-q', '-B', 'dependency:copy', artifact, `-DoutputDirectory=${folder}`]);
    await unzip(await onlyFile(folder, '.jar'), folder);
    return folder;
  },
};

/**
 * The folder with a package's files, fetched into `cache` where it is not there yet.
 * @throws UserFacingError where its package manager cannot get it.
 */
export async function packageFolder(wanted: Package, cache: string): Promise<string> {
  const { registry, name, version } = wanted;
  const folder = join(cache, registry, `${name.replaceAll(/[/:]/g, '+')}@${version}`);
  const done = `${folder}.folder`;
  if (existsSync(done)) return readFile(done, 'utf8');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    const found = await FETCH[registry](wanted, folder);
    await writeFile(done, found);
    return found;
  } catch (error) {
    const reason = sentenceOf(error).split('\n').at(-1);
    throw new UserFacingError(
      `${name} ${version} could not be fetched with ${registry} (${reason}), so the base network cannot be trained; check that ${registry} works here, and try again.`,
      { cause: error },
    );
  }
}

async function onlyFile(folder: string, ending: string): Promise<string> {
  const [file] = (await readdir(folder)).filter((name) => name.endsWith(ending));
  return join(folder, file);
}

async function unzip(archive: string, folder: string): Promise<void> {
  await extractFromZip(archive, (name) =>
    UNPACKED_ENDINGS.test(name) && !name.split('/').includes('..') ? join(folder, name) : undefined,
  );
}
