/** npm run package: builds the extension and packages it as out/char-rnn-VERSION.vsix. */
import { relative } from 'node:path';
import { build, main } from './repository.ts';
import { packageExtension } from './vsix.ts';

await main(async () => {
  await build();
  const { path, bytes } = await packageExtension();
  console.log(`${relative(process.cwd(), path)}: ${(bytes / 1000).toFixed(0)} kB`);
  return 0;
});
