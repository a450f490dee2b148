import { execFileSync } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bitsUnder, identifiersOf, measureSample } from '../../bench/samples/measures.ts';
import { workspaceWriter, writerAlone, type Writer } from '../../bench/samples/writers.ts';
import { loadNetwork } from '../../src/completion/worker/load-network.ts';
import { createContextModel } from '../../src/context-model/index.ts';
import type { ContextModel } from '../../src/context-model/index.ts';
import { readCorpus } from '../../src/corpus/index.ts';
import { importNetwork, parameterShapes, readModel, writeModel } from '../../src/model/index.ts';
import { safetensors } from '../model/foreign-file.ts';
import type { Tensor } from '../model/foreign-file.ts';
import { koreanText, trainFor, writeFiles } from './trained.ts';
import { temporaryFolder } from '../temporary-folder.ts';

// Networks once wrote 400 times `]` and every test was green, so these read what is written. They train for seconds,
// which is why they are few.
const at = temporaryFolder();
/** Sources of a package, which change when its version does, and not whenever ours do. */
const PACKAGE = fileURLToPath(new URL('../../node_modules/eslint/lib/', import.meta.url));
const LEARNT = ['linter', 'languages', 'cli-engine', 'config', 'eslint', 'shared', 'services'];
const known = new Set<string>();
let memory: ContextModel;

const SEEDS = [1, 2, 3];
const LENGTH = 600;

/**
 * Held against rubbish with room to spare, because a single sample may repeat a comment that many files begin with, and
 * another one is drawn as soon as anything is rounded otherwise. Rubbish has hardly any six-grams or identifiers.
 */
function expectWriting(sample: string): void {
  const measures = measureSample(sample, known);
  const told = JSON.stringify({ ...measures, sample }, null, 1);
  expect([...sample].length, told).toBeGreaterThanOrEqual(LENGTH - 60);
  expect(measures.distinctSixGrams, told).toBeGreaterThan(0.1);
  expect(measures.longestRepetition, told).toBeLessThanOrEqual(150);
  expect(measures.identifiers, told).toBeGreaterThan(15);
  expect(measures.knownIdentifiers, told).toBeGreaterThan(0.4);
  expect(bitsUnder(memory, sample), told).toBeLessThan(3.5);
}

function expectAllWriting(writer: Writer, prime = ''): void {
  for (const temperature of [0.5, 0.8]) {
    const samples = SEEDS.map((seed) => writer.write({ prime, length: LENGTH, temperature, seed }));
    for (const sample of samples) expectWriting(sample);
    const distinct = samples
      .map((sample) => measureSample(sample, known).distinctSixGrams)
      .sort((a, b) => a - b);
    const median = distinct[Math.floor(distinct.length / 2)];
    expect(median, samples.join('\n---\n')).toBeGreaterThan(temperature < 0.7 ? 0.3 : 0.45);
  }
}

beforeAll(async () => {
  // Elsewhere, because nothing below node_modules is learnt.
  for (const folder of LEARNT)
    await cp(path.join(PACKAGE, folder), at(`sources/${folder}`), { recursive: true });
  const sources = at('sources');
  await trainFor(900, [sources], at('joint'), { memory: true, milestones: [0.05, 1] });
  const { files } = await readCorpus({ roots: [sources], include: [], exclude: [], maxCharacters: 500_000 });
  for (const identifier of identifiersOf(files.map(({ text }) => text))) known.add(identifier);
  memory = await createContextModel();
  for (const file of files) memory.learnFileNow(file.path, file.text);
});

describe('a network trained together with the context model writes like the code it learnt', () => {
  it('alone', async () => {
    expectAllWriting(writerAlone(await loadNetwork(at('joint'))));
  });

  it('with the workspace, from the start of a file and on from a selection', async () => {
    const writer = workspaceWriter(await loadNetwork(at('joint')), memory);
    expectAllWriting(writer);
    expectAllWriting(writer, 'function createRuleContext(');
  });

  it('by the command line', () => {
    const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
    const args = ['sample', at('joint'), '--length', String(LENGTH), '--temperature', '0.8'];
    expectWriting(execFileSync(process.execPath, [cli, ...args], { encoding: 'utf8' }));
  });

  it('better in its timeline the longer it has learnt', async () => {
    const { samples } = (await readModel(at('joint'))).training;
    expect(samples.map(({ epoch }) => epoch)).toEqual([expect.closeTo(0.05, 1), expect.closeTo(1, 1)]);
    const wordsOf = ({ text }: { readonly text: string }) => {
      const { identifiers, knownIdentifiers } = measureSample(text, known);
      return identifiers * knownIdentifiers;
    };
    expect(wordsOf(samples[1])).toBeGreaterThan(2 * wordsOf(samples[0]) + 5);
    expect(measureSample(samples[1].text, known).distinctSixGrams).toBeGreaterThan(0.4);
  });

  it('after it went to another program, without what the context model needs, and came back', async () => {
    const { specification, vocabulary, weights } = await readModel(at('joint'));
    const shapes = [...parameterShapes(specification)].filter(([name]) => !name.startsWith('prior.'));
    const tensors = shapes.map(([name, shape]) => [name, { shape, values: [...weights.get(name)!] }]);
    const metadata = { vocabulary: JSON.stringify(vocabulary) };
    await writeFile(
      at('foreign'),
      safetensors(Object.fromEntries(tensors) as Record<string, Tensor>, metadata),
    );
    await writeModel(at('imported'), await importNetwork(at('foreign')));
    const [here, there] = await Promise.all([loadNetwork(at('joint')), loadNetwork(at('imported'))]);
    const options = { prime: '', length: 200, temperature: 0.5, seed: 1 };
    expect(writerAlone(there).write(options)).toBe(writerAlone(here).write(options));
  });
});

it('a network that writes Hangul in jamo writes words in whole syllables', async () => {
  writeFiles(at, { 'korean.txt': koreanText(1500) });
  await trainFor(150, [at('korean.txt')], at('korean'), {
    decomposeHangul: true,
    validationFraction: 0,
    units: 64,
  });
  const sample = writerAlone(await loadNetwork(at('korean'))).write({
    prime: '',
    length: 300,
    temperature: 0.5,
    seed: 1,
  });
  expect(sample).toMatch(/^[\uAC00-\uD7A3 .\n]+$/);
  const text = await readFile(at('korean.txt'), 'utf8');
  const words = sample.split(/[\s.]+/).slice(0, -1);
  expect(words.length).toBeGreaterThan(40);
  expect(words.filter((word) => text.includes(word)).length / words.length).toBeGreaterThan(0.7);
  expect(measureSample(sample, new Set()).longestRepetition).toBeLessThanOrEqual(60);
});
