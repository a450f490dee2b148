import { expect, it } from 'vitest';
import { type Corpus, splitFiles, Vocabulary, type SourceFile } from '../../src/corpus/index.ts';
import { corpusEvent } from '../../src/training/corpus-event.ts';

const lines = (from: number) =>
  Array.from({ length: 30 }, (_, at) => `value_${from + at} = compute(${(from + at) * 37});\n`).join('');

const fileOf = (path: string, text: string): SourceFile => ({
  path,
  text,
  characters: text.length,
  encoding: 'utf-8',
});

function corpusOf(files: SourceFile[]): Corpus {
  return {
    files,
    characters: files.reduce((sum, { characters }) => sum + characters, 0),
    leftOut: [{ path: '/w/x.bin', reason: 'binary' }],
  };
}

it('tells apart what is learnt, held out, left out by reading, and a copy of what is held out', async () => {
  const files = Array.from({ length: 20 }, (_, at) => fileOf(`/w/${at}.ts`, lines(at * 100)));
  const { validation } = await splitFiles(files, 0.1, 0);
  const [original] = validation;
  const corpus = corpusOf([...files, fileOf('/w/vendored/copy.ts', original.text)]);
  const sides = await splitFiles(corpus.files, 0.1, 0);
  expect(sides.validation.some(({ text }) => text === original.text)).toBe(true);
  const vocabulary = Vocabulary.fromTexts(sides.training.map(({ text }) => text));
  const event = corpusEvent(corpus, sides, vocabulary, ['/w']);
  expect(event.files).toBe(20);
  expect(event.learnt.filter(({ isHeldOut }) => isHeldOut).length).toBe(event.validationFiles);
  expect(event.leftOut.map(({ reason }) => reason)).toEqual([
    'binary',
    'a copy of a file that is held out for validation',
  ]);
  expect(event.characters).toBe(corpus.characters - original.characters);
});

it('lists a file of which a part is held out once, as learnt', async () => {
  const corpus = corpusOf([fileOf('/w/a.ts', lines(0).repeat(4))]);
  const sides = await splitFiles(corpus.files, 0.1, 0);
  expect([sides.training.length, sides.validation.length]).toEqual([1, 1]);
  const vocabulary = Vocabulary.fromTexts(sides.training.map(({ text }) => text));
  const { learnt, leftOut } = corpusEvent(corpus, sides, vocabulary, ['/w']);
  expect(learnt).toEqual([{ path: '/w/a.ts', characters: corpus.characters }]);
  expect(leftOut).toEqual(corpus.leftOut);
});
