import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { userCache } from '../../src/common/user-cache.ts';
import { loadBaseNetwork } from '../../src/completion/parts.ts';
import { Vocabulary } from '../../src/corpus/index.ts';
import { trainingSymbols } from '../../src/training/parts.ts';
import { main, ROOT } from '../repository.ts';
import { packageFolder } from './fetch.ts';
import { gather } from './gather.ts';
import type { Folder, LearntFile } from './gather.ts';
import { bitsPerCharacter, learn } from './learn.ts';
import { learnMixing } from './mixing.ts';
import { MIXING_PACKAGES, PACKAGES } from './packages.ts';
import type { Package } from './packages.ts';
import { writeBaseNetwork } from './write.ts';

/** Symbols of the network; rarer characters are unknown to it. */
const VOCABULARY_SIZE = 208;
/** One file in so many is measured on instead of learnt. */
const HELD_OUT_EVERY = 250;
const FIRST_HELD_OUT = 7;
const SHAPE = { cell: 'lstm', layers: 1, units: 256, embedding: 64, dropout: 0 } as const;
const PLAN = { steps: 18_000, decaySteps: 5_000, threads: 1 };

await main(async () => {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: join(ROOT, 'media', 'base-network.safetensors') } },
  });
  const cache = join(userCache(), 'base-network');
  const files = await gather(await fetched(PACKAGES, cache));
  const vocabulary = Vocabulary.fromTexts(
    files.map(({ text }) => text),
    VOCABULARY_SIZE,
  );
  report(files);
  const isHeldOut = (index: number): boolean => index % HELD_OUT_EVERY === FIRST_HELD_OUT;
  const symbolsOf = (wanted: (index: number) => boolean): Promise<Uint16Array> =>
    trainingSymbols(
      files
        .filter((_, index) => wanted(index))
        .map((file) => ({ ...file, encoding: 'utf-8', characters: file.text.length })),
      vocabulary,
    );
  const specification = { ...SHAPE, vocabularySize: vocabulary.size };
  const model = await learn(
    specification,
    vocabulary.symbols,
    await symbolsOf((index) => !isHeldOut(index)),
    PLAN,
    join(cache, 'checkpoint.safetensors'),
  );
  const bits = await bitsPerCharacter(specification, model.weights, await symbolsOf(isHeldOut));
  console.log(`Held-out files cost ${bits.toFixed(3)} bits a character.`);
  await writeBaseNetwork(values.out, model, new Float32Array(1));
  const network = await loadBaseNetwork(values.out);
  await writeBaseNetwork(
    values.out,
    model,
    await learnMixing(network, await fetched(MIXING_PACKAGES, cache)),
  );
  return 0;
});

async function fetched(packages: readonly Package[], cache: string): Promise<Folder[]> {
  const folders: Folder[] = [];
  for (const wanted of packages) {
    const { registry, name, version } = wanted;
    folders.push({ name: `${registry}/${name}@${version}`, path: await packageFolder(wanted, cache) });
    console.log(`${folders.length} of ${packages.length}: ${name} ${version}`);
  }
  return folders;
}

function report(files: readonly LearntFile[]): void {
  const totals = new Map<string, number>();
  for (const { language, text } of files) totals.set(language, (totals.get(language) ?? 0) + text.length);
  for (const [language, characters] of totals) console.log(`${language}: ${characters} characters`);
}
