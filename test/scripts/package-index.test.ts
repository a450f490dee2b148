import { describe, expect, it } from 'vitest';
import { addressInPage } from '../../scripts/tensorflow/package-index.ts';

const sha256 = '0123456789abcdef'.repeat(4);
const wanted = { project: 'tensorflow-cpu', file: 'tensorflow_cpu-2.15.1-cp311.whl', sha256 };
const page = 'https://index.test/simple/tensorflow-cpu/';

const json = (hashes: object, url = '../../files/ab/tensorflow_cpu-2.15.1-cp311.whl') =>
  JSON.stringify({
    files: [
      { filename: 'other.whl', url: 'other.whl', hashes: {} },
      { filename: wanted.file, url, hashes },
    ],
  });
const html = (fragment: string) =>
  `<a href="/files/other.whl#sha256=${sha256}">other.whl</a><br/>
   <a data-requires-python="&gt;=3.9" href="/files/ab/${wanted.file}${fragment}">${wanted.file}</a>`;

describe('addressInPage', () => {
  it.each([
    ['JSON', json({ sha256 })],
    ['JSON without a hash', json({})],
    ['HTML', html(`#sha256=${sha256}`)],
    ['HTML without a hash', html('')],
  ])('finds a file in %s', (_, text) => {
    expect(addressInPage(text, page, wanted).href).toBe(`https://index.test/files/ab/${wanted.file}`);
  });

  it.each([
    ['JSON', json({ sha256: 'f'.repeat(64) })],
    ['HTML', html(`#sha256=${'f'.repeat(64)}`)],
  ])('refuses another hash in %s', (_, text) => {
    expect(() => addressInPage(text, page, wanted)).toThrow(/has another .* SHA-256 f{64}/);
  });

  it('says when the file is not there', () => {
    expect(() => addressInPage('<a href="x.whl">x</a>', page, wanted)).toThrow(/has no tensorflow_cpu/);
  });
});
