/**
 * npm run package [-- --target PLATFORM]: builds the extension and packages it as out/char-rnn-VERSION.vsix, or as
 * out/char-rnn-VERSION-PLATFORM.vsix with the TensorFlow that npm run tensorflow installed.
 */
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { UserFacingError } from '../src/common/errors.ts';
import { build, main } from './repository.ts';
import { packageExtension, packageWithTensorFlow, THIS_PLATFORM } from './bundles/vsix.ts';

await main(async () => {
  const { target } = parseArgs({ options: { target: { type: 'string' } } }).values;
  if (target !== undefined && target !== THIS_PLATFORM) {
    throw new UserFacingError(
      `A package for ${target} is made on ${target}, because it carries that platform's TensorFlow; this is ${THIS_PLATFORM}.`,
    );
  }
  await build();
  const { path, bytes } = await (target === undefined ? packageExtension() : packageWithTensorFlow());
  console.log(`${relative(process.cwd(), path)}: ${(bytes / 1000).toFixed(0)} kB`);
  return 0;
});
