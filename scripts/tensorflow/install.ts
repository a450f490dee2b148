import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sentenceOf, UserFacingError } from '../../src/common/errors.ts';
import { BINDING_FILE } from '../../src/engine/tensorflow/runtime/locate.ts';
import { runNpm } from '../commands.ts';
import { bundleTfjsNode } from './bundle.ts';
import { versionThatLoads } from './check.ts';
import { buildFromPypi } from './from-pypi.ts';
import { downloadOfficial } from './official.ts';

/** Installs tfjs-node as one file, its binding and TensorFlow's libraries in `folder`, and checks that they load. */
export async function installTensorFlow(folder: string): Promise<void> {
  const started = Date.now();
  const packages = join(folder, 'packages');
  console.log('Installing @tensorflow/tfjs-node from npm; this happens once.');
  await installPackages(packages);
  const tfjsNode = join(packages, 'node_modules', '@tensorflow', 'tfjs-node');

  const refusal = await downloadOfficial(packages, tfjsNode);
  if (refusal !== undefined) {
    console.log(refusal);
    await buildFromPypi(packages, tfjsNode);
  }
  await bundleTfjsNode(tfjsNode, folder);
  await takeLibraries(tfjsNode, folder);
  await rm(packages, { recursive: true });

  console.log('Loading it.');
  try {
    await versionThatLoads(folder);
  } catch (error) {
    throw new UserFacingError(
      `TensorFlow was installed but does not load on this machine (${sentenceOf(error)}), so it was removed again; train with the engine wasm.`,
      { cause: error },
    );
  }
  console.log(`TensorFlow is installed (${((Date.now() - started) / 1000).toFixed(0)} s).`);
}

/** Installs the packages that packages/package-lock.json pins, without running their scripts. */
async function installPackages(target: string): Promise<void> {
  await cp(join(import.meta.dirname, 'packages'), target, { recursive: true });
  try {
    await runNpm(['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'], target);
  } catch (error) {
    throw new UserFacingError(
      `npm could not install @tensorflow/tfjs-node; check the connection to the npm registry and try again. npm said: ${sentenceOf(error)}`,
      { cause: error },
    );
  }
}

async function takeLibraries(tfjsNode: string, folder: string): Promise<void> {
  if (!existsSync(join(tfjsNode, BINDING_FILE))) {
    throw new Error(`tfjs-node's installation ended without ${BINDING_FILE}`);
  }
  // On Windows the folder of the binding has a link to the library in deps.
  await cp(dirname(join(tfjsNode, BINDING_FILE)), dirname(join(folder, BINDING_FILE)), {
    recursive: true,
    dereference: true,
  });
  await mkdir(join(folder, 'deps'));
  await rename(join(tfjsNode, 'deps', 'lib'), join(folder, 'deps', 'lib'));
  for (const licence of ['LICENSE', 'THIRD_PARTY_NOTICES.txt']) {
    const from = join(tfjsNode, 'deps', licence);
    if (existsSync(from)) await rename(from, join(folder, licence));
  }
}
