import { mkdir, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, output, run, start } from '../command.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const at = temporaryFolder();

interface CorpusJson {
  files: { path: string; encoding: string; characters: number }[];
  leftOut: { path: string; reason: string }[];
}

beforeAll(async () => {
  await mkdir(at('text/sub'), { recursive: true });
  await writeFile(at('text/a.txt'), 'the first file\r\nwith two lines\n');
  await writeFile(at('text/sub/b.txt'), 'é decomposed: e\u0301\n');
  await writeFile(at('text/picture.bin'), Buffer.from([0x89, 0, 1, 2, 3, 0, 0, 0, 255, 254, 0]));
  await writeFile(at('text/.env'), 'TOKEN=canary-of-the-env\n');
});

async function corpus(...paths: string[]): Promise<CorpusJson> {
  const text = await output('corpus', ...paths, '--json');
  expect(text.trimEnd()).not.toContain('\n');
  return JSON.parse(text) as CorpusJson;
}

describe('corpus', () => {
  it('tells as JSON what would be learnt and what not', async () => {
    const { files, leftOut } = await corpus(at('text'));
    expect(files).toEqual([
      { path: at('text/a.txt'), encoding: expect.any(String) as string, characters: 30 },
      { path: at('text/sub/b.txt'), encoding: 'utf-8', characters: 16 },
    ]);
    expect(leftOut.map(({ path }) => path).sort()).toEqual([at('text/.env'), at('text/picture.bin')]);
    for (const { reason } of leftOut) expect(reason).not.toBe('');
  });

  it('prints the very text that would be learnt with --text, and nothing else', async () => {
    expect(await output('corpus', at('text'), '--text')).toBe(
      'the first file\nwith two lines\né decomposed: é\n',
    );
  });

  it('prints lines for people', async () => {
    const text = await output('corpus', at('text'));
    expect(text).toMatch(/^2 files, 46 characters would be learnt:\n/);
    expect(text).toContain('2 left out:\n');
    expect(text).not.toContain('canary');
  });

  it('ends quietly when nobody reads any more', async () => {
    await writeFile(at('long.txt'), 'many words in many lines\n'.repeat(200_000));
    const running = start(['corpus', at('long.txt'), '--text']);
    running.child.stdout.once('data', () => running.child.stdout.destroy());
    const { status, stderr } = await running.ended;
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('fails with one sentence when a path is not there', async () => {
    expectRefusal(await run('corpus', at('nowhere')), 1, /nowhere/);
  });
});
