import { execFileSync, spawnSync } from 'node:child_process';
import { englishText } from '../../src/common/localization/message.ts';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { emptyCorpusSentence, readCorpus, Vocabulary } from '../../src/corpus/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function sentenceOf(root: string): Promise<string> {
  const { leftOut } = await readCorpus({ roots: [root], include: [], exclude: [], maxCharacters: 1e6 });
  return englishText(emptyCorpusSentence([root], leftOut));
}

it('names what was left out, and why', async () => {
  expect(englishText(emptyCorpusSentence(['/a'], []))).toBe(
    'There is nothing to learn in /a; it holds no text, so name other files or folders.',
  );
  const root = temporaryFolder({ 'a.png': 'x', 'b.png': 'x', 'c.png': 'x', 'd.png': 'x', 'e.png': 'x' });
  expect(await sentenceOf(root)).toBe(
    `There is nothing to learn in ${root}; a.png (binary), b.png (binary), c.png (binary), 2 more were left out, so name other files or folders, or change what leaves them out.`,
  );
});

it.skipIf(process.platform === 'win32')('names a symbolic link and a pipe', async () => {
  const root = temporaryFolder({});
  symlinkSync('/etc/hostname', path.join(root, 'input.txt'));
  expect(await sentenceOf(root)).toContain('input.txt (symbolic link) was left out');
  const pipe = path.join(root, 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect(await sentenceOf(pipe)).toMatch(
    /pipe \(not a regular file\) was left out, so write what a pipe gives to a file/,
  );
});

it.skipIf(process.platform !== 'linux')('takes no pipe of a shell for a missing file', () => {
  const script = `import('${path.resolve('src/corpus/index.ts')}').then(async ({ readCorpus }) => {
    const corpus = await readCorpus({ roots: ['/dev/fd/0'], include: [], exclude: [], maxCharacters: 1e6 });
    console.log(JSON.stringify(corpus.leftOut));
  })`;
  const { stdout } = spawnSync(process.execPath, ['-e', script], { input: 'text', encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual([{ path: '/dev/fd/0', reason: 'not a regular file' }]);
});

it('counts the characters that a vocabulary lacks', () => {
  const vocabulary = Vocabulary.fromTexts(['aaabbc'], 4);
  expect(vocabulary.unknownShare(['aaab', 'cd'])).toBe(2 / 6);
  expect(vocabulary.unknownShare([])).toBe(0);
});
