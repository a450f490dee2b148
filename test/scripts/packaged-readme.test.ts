import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { packagedReadme } from '../../scripts/bundles/packaged-readme.ts';
import { ROOT } from '../../scripts/repository.ts';

/** Limit on the pictures of README.md and the walkthrough together. */
const MAX_PICTURE_BYTES = 1e6;

describe('the README of the package', () => {
  it('has links to pages and to itself, and the labels of others', () => {
    const text = '[a](https://a.example/x) [b](#b) [the *c*](docs/c.md#d) [e](SECURITY.md)';
    expect(packagedReadme(text)).toBe('[a](https://a.example/x) [b](#b) the *c* e');
  });

  it('names the walkthrough in place of pictures', () => {
    const packaged = packagedReadme('a\n<!-- pictures -->\n![b](c.png)\n<!-- end of pictures -->\nd');
    expect(packaged).toMatch(/^a\nPictures .*First Steps with Char-RNN.*\nd$/);
  });

  it('needs no other file', async () => {
    const packaged = packagedReadme(await readFile(`${ROOT}/README.md`, 'utf8'));
    const targets = [...packaged.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
    expect(targets.filter((target) => !/^(?:https:|#)/.test(target))).toEqual([]);
    expect(packaged).not.toContain('![');
  });
});

describe('README.md', () => {
  it('shows pictures that are there, of less than 1 MB together with those of the walkthrough', async () => {
    const readme = await readFile(`${ROOT}/README.md`, 'utf8');
    const manifest = await readFile(`${ROOT}/package.json`, 'utf8');
    const pictures = new Set((readme + manifest).match(/media\/(?:walkthrough|readme)\/[\w-]+\.png/g));
    let bytes = 0;
    for (const picture of pictures) bytes += (await readFile(`${ROOT}/${picture}`)).length;
    expect(pictures.size).toBeGreaterThanOrEqual(6);
    expect(bytes).toBeLessThan(MAX_PICTURE_BYTES);
  });
});
