import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { UserFacingError } from '../../src/common/errors.ts';
import { runCommand, runNpm } from '../commands.ts';
import { cachedFolder } from './cache.ts';

/** Versions of the npm packages: VS Code 1.139.1 served to a browser, its Node, and a browser without system libraries. */
const VERSIONS = { codeServer: '4.139.1', node: '24.21.0', chromium: '153.0.0', fonts: '2.37.3' };

/** VS Code's server, ready to run: `node entry [arguments]`. */
export interface Server {
  readonly node: string;
  readonly entry: string;
}

/** Installs VS Code from the npm registry into the user's cache, or finds it there. */
export async function installServer(): Promise<Server> {
  const folder = await cachedFolder(`vscode-${VERSIONS.codeServer}`, async (target) => {
    const started = Date.now();
    console.log(`Installing VS Code (code-server ${VERSIONS.codeServer}) from npm; this happens once.`);
    await npmInstall(target, [`code-server@${VERSIONS.codeServer}`]);
    const vscode = join(target, 'node_modules/code-server/lib/vscode');
    await npmInstall(vscode, []);
    await npmInstall(join(vscode, 'extensions'), []);
    await replaceNativeModules(vscode);
    console.log(`VS Code is installed (${seconds(started)}).`);
  });
  return { node: await installNode(), entry: join(folder, 'node_modules/code-server/out/node/entry.js') };
}

/** Two native modules stay unbuilt without a compiler; VS Code's log would be full of it, and output channels empty. */
async function replaceNativeModules(vscode: string): Promise<void> {
  for (const name of ['spdlog', 'native-watchdog']) {
    await build({
      entryPoints: [join(import.meta.dirname, 'stand-ins', `${name}.ts`)],
      outfile: join(vscode, 'node_modules/@vscode', name, 'index.js'),
      allowOverwrite: true,
      format: 'cjs',
      platform: 'node',
    });
  }
}

/** The Node that VS Code's server runs on: ours where it is the version it asks for. */
async function installNode(): Promise<string> {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = await cachedFolder(`${name}-${VERSIONS.node}`, (target) =>
    npmInstall(target, [`${name}@${VERSIONS.node}`]),
  );
  return join(folder, 'node_modules', name, 'bin/node');
}

/** Whether npm carries a browser for this machine. */
export function canInstallBrowser(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** A headless Chromium with the libraries and fonts it needs: `chromium`, `al2023/lib`, `fonts`, all in the answer. */
export async function installBrowser(): Promise<string> {
  const folder = await cachedFolder(`chromium-${VERSIONS.chromium}`, async (target) => {
    const started = Date.now();
    console.log(`Installing a headless Chromium ${VERSIONS.chromium} from npm; this happens once.`);
    await npmInstall(target, [
      `@sparticuz/chromium@${VERSIONS.chromium}`,
      `dejavu-fonts-ttf@${VERSIONS.fonts}`,
    ]);
    await unpackBrowser(target);
    // The archives are not needed once they are unpacked.
    await rm(join(target, 'node_modules/@sparticuz'), { recursive: true });
    console.log(`Chromium is installed (${seconds(started)}).`);
  });
  return folder;
}

/** The package unpacks into the temporary folder, and its libraries only if it takes the machine for one of AWS. */
async function unpackBrowser(folder: string): Promise<void> {
  const script = join(folder, 'unpack.mjs');
  await writeFile(script, "import c from '@sparticuz/chromium';\nawait c.executablePath();\n");
  await runCommand(process.execPath, [script], {
    cwd: folder,
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  });
  await rm(script);
}

/** npm in `folder`: the packages named, or what the folder's own package.json asks for. No install scripts: no compiler. */
async function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  if (packages.length > 0) await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--omit=dev', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'];
  try {
    await runNpm([...args, ...packages], folder);
  } catch (error) {
    const what = packages.join(' ') || 'what VS Code needs';
    throw new UserFacingError(
      `npm could not install ${what}, so there is no VS Code to run in; check the connection to the npm registry and try again. npm said: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(0)} s`;
}
