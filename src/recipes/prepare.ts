/** Makes one text to learn from the texts of a corpus, in order. */
export type Preparation = (texts: readonly string[]) => string;

/** Joins the texts and keeps at most the first `characters` code points. */
export function joinTexts(texts: readonly string[], characters = Infinity): string {
  return beginning(texts.join(''), characters);
}

/** Joins plays without their licences, with an empty line between them. */
export function joinPlays(texts: readonly string[], characters: number): string {
  return beginning(texts.map((text) => `${withoutLicence(text).trim()}\n\n`).join(''), characters);
}

/** Merges books without their licences, with each paragraph on one line. */
export function joinBooks(texts: readonly string[]): string {
  const paragraphs = texts.flatMap((text) => withoutLicence(text).split(/\n\s*\n/));
  return paragraphs
    .map((paragraph) => `${paragraph.trim().replace(/\s+/g, ' ')}\n`)
    .filter((line) => line !== '\n')
    .join('');
}

/** Lines before the book in older and newer files of Project Gutenberg; `BOOK_ENDINGS` are those after it. */
const BOOK_BEGINNINGS = [
  /^\*\*\*\s*START OF (?:THE|THIS) PROJECT GUTENBERG.*?\*\*\*[^\n]*\n/ims,
  /^\*END\*?\s?THE SMALL PRINT![^\n]*\n/im,
  /^\*END THE SMALL PRINT![^\n]*\n/im,
];
const BOOK_ENDINGS = [
  /^\*\*\*\s*END OF (?:THE|THIS) PROJECT GUTENBERG/im,
  /^\s*End of (?:the |this )?Project Gutenberg/im,
];

/** Cuts a text at line ends into passages of at least `characters` UTF-16 units; the last one may be shorter. */
export function passagesOf(text: string, characters: number): string[] {
  const passages: string[] = [];
  for (let begin = 0; begin < text.length;) {
    const end = text.indexOf('\n', begin + characters) + 1 || text.length;
    passages.push(text.slice(begin, end));
    begin = end;
  }
  return passages;
}

/** A book without what Project Gutenberg puts around it. Any other text is returned as it is. */
export function withoutLicence(text: string): string {
  let body = text;
  for (const pattern of BOOK_BEGINNINGS) {
    const found = pattern.exec(body);
    if (found) body = body.slice(found.index + found[0].length);
  }
  for (const pattern of BOOK_ENDINGS) {
    const found = pattern.exec(body);
    if (found) body = body.slice(0, found.index);
  }
  return body;
}

function beginning(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return Array.from(text).slice(0, characters).join('');
}
