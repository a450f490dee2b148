/** A local encoding that is looked for. */
export interface LocalEncoding {
  /** As iconv-lite and files have it. */
  readonly name: string;
  /** In lower case, as jschardet has it. */
  readonly detectedAs: string;
  /** How often files are in it, in relation to the most frequent encodings of its languages. */
  readonly weight: number;
}

/** Among encodings that decode a file alike the first is named. */
export const LOCAL_ENCODINGS: readonly LocalEncoding[] = (
  [
    ['iso-8859-1', 'iso-8859-1', 1],
    ['windows-1252', 'windows-1252', 1],
    ['iso-8859-15', 'iso8859-15', 0.7],
    ['iso-8859-2', 'iso-8859-2', 1],
    ['windows-1250', 'windows-1250', 1],
    ['windows-1251', 'windows-1251', 1],
    ['koi8-r', 'koi8-r', 1],
    ['koi8-u', 'koi8-u', 1],
    ['cp866', 'ibm866', 1],
    ['cp1125', 'cp1125', 1],
    ['iso-8859-5', 'iso-8859-5', 0.8],
    ['maccyrillic', 'maccyrillic', 0.7],
    ['iso-8859-7', 'iso-8859-7', 0.8],
    ['windows-1253', 'windows-1253', 1],
    ['cp737', 'cp737', 0.8],
    ['iso-8859-9', 'iso-8859-9', 0.8],
    ['windows-1254', 'windows-1254', 1],
    ['cp857', 'cp857', 0.7],
    ['iso-8859-8', 'iso-8859-8', 0.8],
    ['windows-1255', 'windows-1255', 1],
    ['cp862', 'cp862', 0.7],
    ['iso-8859-6', 'iso-8859-6', 0.6],
    ['windows-1256', 'windows-1256', 1],
    ['cp720', 'cp720', 0.2],
    ['iso-8859-13', 'iso-8859-13', 0.9],
    ['windows-1257', 'windows-1257', 1],
    ['iso-8859-4', 'iso8859-4', 0.3],
    ['cp775', 'cp775', 0.6],
    ['windows-1258', 'cp1258', 1],
    ['windows-874', 'cp874', 1],
    ['cp850', 'cp850', 0.7],
    ['cp437', 'cp437', 0.6],
    ['cp852', 'cp852', 0.7],
    ['cp865', 'cp865', 0.2],
    ['macroman', 'macroman', 0.8],
    ['shift_jis', 'cp932', 1],
    ['euc-jp', 'euc-jp', 1],
    ['gb18030', 'gb18030', 1],
    ['big5', 'big5', 1],
    ['euc-kr', 'cp949', 1],
  ] as const
).map(([name, detectedAs, weight]) => ({ name, detectedAs, weight }));

/** Encodings with characters of two bytes and more, which a file may begin or end within. */
export const OF_SEVERAL_BYTES = new Set(['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr']);
