import { convert } from 'html-to-text';
import type { HtmlToTextOptions } from 'html-to-text';

const OPTIONS: HtmlToTextOptions = {
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'head', format: 'skip' },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ...['ul', 'ol', 'li', 'table', 'tr', 'th', 'td', 'dt', 'dd'].map((selector) => ({
      selector,
      format: 'block',
    })),
  ],
};

/** The prose of an HTML page, with each paragraph on one line. */
export function proseOf(page: string): string {
  return convert(page, OPTIONS)
    .split('\n')
    .map((line) => line.replaceAll(/[ \u00a0]+/g, ' ').trim())
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');
}

/** The lines of a text that are mostly in Hangul. */
export function koreanLines(text: string): string {
  return text
    .split('\n')
    .filter((line) => {
      const hangul = line.match(/[\uac00-\ud7a3]/g)?.length ?? 0;
      const latin = line.match(/[A-Za-z]/g)?.length ?? 0;
      return hangul >= 10 && hangul > latin;
    })
    .map((line) => `${line}\n`)
    .join('');
}
