const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
const block = /<\/?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|table|tr|td|th|br|hr|pre|title|section)\b[^>]*>/gi;

/** The prose of an HTML page, a paragraph a line. */
export function proseOf(page: string): string {
  return page
    .replace(/<(script|style|head)\b.*?<\/\1>/gis, '')
    .replace(/\s+/g, ' ')
    .replace(block, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .split('\n')
    .map((line) => line.replace(/[ \u00a0]+/g, ' ').trim())
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
