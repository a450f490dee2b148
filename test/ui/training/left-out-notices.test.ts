import { expect, it } from 'vitest';
import { rareCharactersReason, readCorpus } from '../../../src/corpus/index.ts';
import { leftOutNotices } from '../../../src/ui/training/left-out-notices.ts';
import { temporaryFolder } from '../../corpus/temporary-folder.ts';

const noticesOf = async (files: Record<string, string>, include: string[] = []) => {
  const root = temporaryFolder(files);
  const { leftOut } = await readCorpus({ roots: [root], include, exclude: [], maxCharacters: 1e6 });
  return leftOutNotices(leftOut).map(({ sentence, buttons }) => [sentence, buttons[0].arguments?.[0]]);
};

const BOOK = 'A line of a book.\n'.repeat(100_000);

it('names a file over the limit, the limit and the setting', async () => {
  expect(await noticesOf({ 'a.c': 'a\n', 'book.txt': BOOK })).toEqual([
    [
      'book.txt is larger than 1 MiB and not learnt; a higher charRnn.corpus.maxFileSize lets Char-RNN learn it.',
      'charRnn.corpus.maxFileSize',
    ],
  ]);
  const [[sentence]] = await noticesOf({ 'a.c': 'a\n', 'b.txt': BOOK, 'c.txt': BOOK });
  expect(sentence).toMatch(/^2 files, such as [bc]\.txt, are larger than 1 MiB .* learn them\.$/);
});

it('names patterns that match nothing, and nothing else', async () => {
  expect(await noticesOf({ 'a.c': 'a\n', 'b.png': 'b' }, ['*.c', 'srv/**'])).toEqual([
    [
      'Of charRnn.corpus.include and charRnn.corpus.exclude, no file matches the pattern "srv/**" of the settings; correct it, or remove it.',
      'charRnn.corpus',
    ],
  ]);
});

it('says how much of the text a network cannot know, and how it could', () => {
  const notices = leftOutNotices([{ path: '/w', reason: rareCharactersReason(0.0312, 2048) }]);
  expect(notices.map(({ sentence, buttons }) => [sentence, buttons[0].arguments?.[0]])).toEqual([
    [
      '3.1 % of the text are characters beyond the 2048 that the network knows; once this model is deleted, a new one knows more, as many as charRnn.model.maxVocabulary allows.',
      'charRnn.model.maxVocabulary',
    ],
  ]);
});
