import { describe, expect, it } from 'vitest';
import { koreanLines, proseOf } from '../../src/recipes/pages.ts';
import { joinTexts, joinBooks, joinPlays, withoutLicence } from '../../src/recipes/prepare.ts';

const newer = `The Project Gutenberg eBook of A Book
This eBook is for the use of anyone anywhere

*** START OF THE PROJECT GUTENBERG EBOOK A BOOK ***

CHAPTER I

It was a dark
and stormy night.

*** END OF THE PROJECT GUTENBERG EBOOK A BOOK ***
START: FULL LICENSE
`;
const older = `**Welcome To The World of Free Plain Vanilla Electronic Texts**
*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*

All happy families
resemble one another.

End of the Project Gutenberg Etext of Another Book
More of the same.
`;

describe('books of Project Gutenberg', () => {
  it('lose their licence, whatever its age', () => {
    expect(withoutLicence(newer).trim()).toBe('CHAPTER I\n\nIt was a dark\nand stormy night.');
    expect(withoutLicence(older).trim()).toBe('All happy families\nresemble one another.');
    expect(withoutLicence('No licence\n\nat all.\n')).toBe('No licence\n\nat all.\n');
  });

  it('are merged, a paragraph on each line', () => {
    expect(joinBooks([newer, older])).toBe(
      'CHAPTER I\nIt was a dark and stormy night.\nAll happy families resemble one another.\n',
    );
  });

  it('keep their lines where these are verses', () => {
    expect(joinPlays([older, 'ROMEO.\nAy me!\n'], 1000)).toBe(
      'All happy families\nresemble one another.\n\nROMEO.\nAy me!\n\n',
    );
  });
});

describe('a corpus of a given size', () => {
  it('is cut at a code point', () => {
    expect(joinTexts(['a🂡', '🂡b'], 2)).toBe('a🂡');
    expect(joinTexts(['a🂡', '🂡b'])).toBe('a🂡🂡b');
  });
});

describe('a page of HTML', () => {
  it('is read as prose', () => {
    const page = `<html><head><title>x</title><style>p { }</style></head><body><script>if (a<b) c()</script>
      <h1>이미지 <em>창</em></h1><p>첫째&nbsp;줄 &lt;&#54620;&gt;
      이어진다.</p><ul><li>하나</li></ul></body></html>`;
    expect(proseOf(page)).toBe('이미지 창\n첫째 줄 <한> 이어진다.\n하나\n');
  });

  it('is read as a browser would, also where the markup is not simple', () => {
    const page = `<!-- <p>none</p> --><p title="a > b">one<br>two &hellip; &#x2014;</p>
      <table><tr><td>x</td><td>y</td></tr></table><a href="https://example.com">link</a> <pre>a
b</pre>`;
    expect(proseOf(page)).toBe('one\ntwo … —\nx\ny\nlink\na\nb\n');
  });

  it('keeps the lines that are mostly Hangul', () => {
    const text = '이것은 한국어로 쓰인 긴 문장이다.\nThis is a line in English.\n짧다\n';
    expect(koreanLines(text)).toBe('이것은 한국어로 쓰인 긴 문장이다.\n');
  });
});
