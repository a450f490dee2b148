import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UserFacingError } from '../../src/common/errors.ts';
import { userCache } from '../../src/common/user-cache.ts';
import { loadBaseNetwork } from '../../src/completion/parts.ts';
import { MIXING_WEIGHTS } from '../../src/context-model/index.ts';
import { Vocabulary } from '../../src/corpus/index.ts';
import { trainingSymbols } from '../../src/training/parts.ts';
import { main, ROOT } from '../repository.ts';
import { packageFolder } from './fetch.ts';
import { gather } from './gather.ts';
import type { Folder, LearntFile } from './gather.ts';
import { bitsPerCharacter, learn } from './learn.ts';
import { learnMixing } from './mixing.ts';
import { MIXING_PACKAGES, PACKAGES } from './packages.ts';
import type { Package, Registry } from './packages.ts';
import { writeBaseNetwork } from './write.ts';

/** Symbols of the network; rarer characters are unknown to it. */
const VOCABULARY_SIZE = 208;
/** One file in so many is measured on instead of learnt. */
const HELD_OUT_EVERY = 250;
const FIRST_HELD_OUT = 7;
const SHAPE = { cell: 'lstm', layers: 1, units: 256, embedding: 64, dropout: 0 } as const;
const STEPS = 43_000;
/** Of the steps, those over which the learning rate falls. */
const DECAY_SHARE = 9 / 43;
/** Characters that are typed of each code base to teach the mixing, for a network of `STEPS`. */
const TYPED_CHARACTERS = 32_000;
const MIN_TYPED_CHARACTERS = 200;

const USAGE = '[--out FILE] [--cache DIR] [--packages N (of each registry)] [--steps N]';

await main(async () => {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: join(ROOT, 'media', 'base-network.safetensors') },
      cache: { type: 'string', default: join(userCache(), 'base-network') },
      packages: { type: 'string', default: String(PACKAGES.length) },
      steps: { type: 'string', default: String(STEPS) },
    },
  });
  const { cache, out } = values;
  const perRegistry = countOf('packages', values.packages);
  const steps = countOf('steps', values.steps);
  const files = await gather(await fetched(firstOfEachRegistry(perRegistry), cache));
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
    { steps, decaySteps: Math.round(steps * DECAY_SHARE), threads: 1 },
    join(cache, `checkpoint-${perRegistry}-${steps}.safetensors`),
  );
  const bits = await bitsPerCharacter(specification, model.weights, await symbolsOf(isHeldOut));
  console.log(`Held-out files cost ${bits.toFixed(3)} bits a character.`);
  await writeBaseNetwork(out, model, new Float32Array(MIXING_WEIGHTS));
  const network = await loadBaseNetwork(out);
  const typed = Math.max(MIN_TYPED_CHARACTERS, Math.round((TYPED_CHARACTERS * steps) / STEPS));
  const mixingWeights = await learnMixing(network, await fetched(MIXING_PACKAGES, cache), typed);
  await writeBaseNetwork(out, model, mixingWeights);
  console.log(`${createHash('sha256').update(readFileSync(out)).digest('hex')}  ${out}`);
  return 0;
});

function countOf(name: string, value: string): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1) {
    throw new UserFacingError(`--${name} must be a whole number from 1. Usage: ${USAGE}`);
  }
  return count;
}

function firstOfEachRegistry(count: number): Package[] {
  const taken = new Map<Registry, number>();
  return PACKAGES.filter(({ registry }) => {
    const before = taken.get(registry) ?? 0;
    taken.set(registry, before + 1);
    return before < count;
  });
}

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
