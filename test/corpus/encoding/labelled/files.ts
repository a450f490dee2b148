import iconv from 'iconv-lite';

/** The forms of files with text beyond ASCII, as they are met in workspaces. */
export const SHAPES = ['prose', 'trailing comments', 'one comment', 'one line', 'cut'] as const;
export type Shape = (typeof SHAPES)[number];

/** One file of the labelled set. */
export interface LabelledFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** What it says; a half character at a cut is left out of it. */
  readonly text: string;
}

const LATIN = ['windows-1252', 'iso-8859-1', 'iso-8859-15', 'cp850', 'macroman'];
const CENTRAL = ['windows-1250', 'iso-8859-2', 'cp852'];
const BALTIC = ['windows-1257', 'iso-8859-13', 'cp775'];

/** The local encodings of each language that are met in files, besides those of Unicode. */
const ENCODINGS: Readonly<Record<string, readonly string[]>> = {
  ru: ['windows-1251', 'koi8-r', 'cp866', 'iso-8859-5', 'maccyrillic'],
  uk: ['windows-1251', 'koi8-u', 'cp1125'],
  bg: ['windows-1251', 'cp866'],
  sr: ['windows-1251', 'iso-8859-5'],
  be: ['windows-1251'],
  el: ['windows-1253', 'iso-8859-7', 'cp737'],
  ja: ['shift_jis', 'euc-jp'],
  zhs: ['gbk', 'gb18030'],
  zht: ['big5'],
  ko: ['euc-kr', 'cp949'],
  he: ['windows-1255', 'iso-8859-8', 'cp862'],
  ar: ['windows-1256', 'iso-8859-6'],
  fa: ['windows-1256'],
  th: ['windows-874'],
  tr: ['windows-1254', 'iso-8859-9', 'cp857'],
  pl: CENTRAL,
  cs: CENTRAL,
  sk: CENTRAL,
  hu: CENTRAL,
  hr: CENTRAL,
  sl: CENTRAL,
  ro: CENTRAL,
  lt: BALTIC,
  lv: BALTIC,
  et: ['windows-1252', 'windows-1257'],
  de: LATIN,
  fr: LATIN,
  es: LATIN,
  pt: LATIN,
  it: LATIN,
  sv: LATIN,
  da: LATIN,
  nb: LATIN,
  fi: LATIN,
  nl: LATIN,
  is: LATIN,
  ca: LATIN,
  vi: ['windows-1258'],
};

/** Encodings of Unicode without a byte order mark. */
const UNICODE = ['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'];

const CODE = [
  'int timeout = 0;',
  'for (i = 0; i < count; i++) total += values[i];',
  'if (result == NULL) return -1;',
  'static const char *names[] = { "one", "two" };',
  'buffer[length++] = c;',
  '#include <stdio.h>',
  'size_t n = strlen(s);',
  '}',
];

/** Every language in every encoding and shape. */
export function labelledFiles(texts: Readonly<Record<string, readonly string[]>>): LabelledFile[] {
  return Object.entries(texts).flatMap(([language, sentences]) =>
    [...UNICODE, ...ENCODINGS[language]].flatMap((encoding) =>
      SHAPES.flatMap((shape) => {
        const file = fileOf(sentences, encoding, shape);
        return file === undefined ? [] : [{ name: `${language} ${encoding} ${shape}`, ...file }];
      }),
    ),
  );
}

/** Undefined where the encoding lacks characters of the text. */
function fileOf(
  sentences: readonly string[],
  encoding: string,
  shape: Shape,
): Omit<LabelledFile, 'name'> | undefined {
  const text = encodable(textOf(sentences, shape), encoding);
  const bytes = iconv.encode(text, encoding);
  if (iconv.decode(bytes, encoding) !== text) return undefined;
  return shape === 'cut' ? cut(text, encoding) : { bytes, text };
}

function textOf(sentences: readonly string[], shape: Shape): string {
  switch (shape) {
    case 'prose':
      return `${sentences.join('\n')}\n`;
    case 'trailing comments':
      return codeLines(50, (i) => (i % 3 === 0 ? ` /* ${sentences[(i / 3) % 2]} */` : ''));
    case 'one comment':
      return codeLines(200, (i) => (i === 120 ? ` // ${sentences[0]}` : ''));
    case 'one line':
      return Array.from({ length: 40 }, (_, i) => sentences[i % sentences.length]).join(' ');
    case 'cut':
      return sentences.join(' ');
  }
}

function codeLines(count: number, commentOf: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => `${CODE[i % CODE.length]}${commentOf(i)}\n`).join('');
}

/** The text as the encoding can hold it: typographic marks as ASCII has them, Vietnamese tones decomposed. */
function encodable(text: string, encoding: string): string {
  if (encoding === 'windows-1258') {
    return text.replaceAll(/\p{L}/gu, (letter) => {
      if (iconv.decode(iconv.encode(letter, encoding), encoding) === letter) return letter;
      const [base, ...marks] = letter.normalize('NFD');
      const tone = marks.find((mark) => '\u0300\u0301\u0303\u0309\u0323'.includes(mark)) ?? '';
      return [base, ...marks.filter((mark) => mark !== tone)].join('').normalize('NFC') + tone;
    });
  }
  return iconv.decode(iconv.encode('’', encoding), encoding) === '’' ? text : text.replaceAll('’', "'");
}

/**
 * The first and last characters lose a byte each where they have several. Only the last in UTF-16 and UTF-32, which
 * begin anew at no byte.
 */
function cut(text: string, encoding: string): Omit<LabelledFile, 'name'> {
  const characters = [...text];
  const first = characters.findIndex((c) => c.charCodeAt(0) > 0x7f);
  const last = characters.findLastIndex((c) => c.charCodeAt(0) > 0x7f);
  const kept = characters.slice(first, last + 1);
  const inner = kept.slice(1, -1).join('');
  const [head, tail] = [kept[0], kept[kept.length - 1]].map((c) => iconv.encode(c, encoding));
  return {
    bytes: Buffer.concat([
      encoding.startsWith('utf-8') || !encoding.startsWith('utf-') ? head.subarray(1) : Buffer.alloc(0),
      iconv.encode(inner, encoding),
      tail.subarray(0, -1),
    ]),
    text: inner,
  };
}
