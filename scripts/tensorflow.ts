/** npm run tensorflow: makes TensorFlow loadable for this user's Char-RNN, fetching it unless it is there. */
import { basename } from 'node:path';
import { rm } from 'node:fs/promises';
import { sentenceOf } from '../src/common/errors.ts';
import { cachedTensorFlow, findTensorFlow } from '../src/engine/tensorflow/runtime/locate.ts';
import { cachedFolder } from './real-vscode/cache.ts';
import { main } from './repository.ts';
import { versionThatLoads } from './tensorflow/check.ts';
import { installTensorFlow } from './tensorflow/install.ts';

await main(async () => {
  const place = findTensorFlow();
  if (place !== undefined) {
    try {
      console.log(`TensorFlow ${await versionThatLoads()} loads (${place.where}, ${place.module}).`);
      return 0;
    } catch (error) {
      console.log(`TensorFlow is ${place.where} but does not load: ${sentenceOf(error)}`);
    }
  }
  const folder = cachedTensorFlow();
  await rm(folder, { recursive: true, force: true });
  await cachedFolder(basename(folder), installTensorFlow);
  console.log(`TensorFlow ${await versionThatLoads(folder)} loads (installed for this user, ${folder}).`);
  return 0;
});
