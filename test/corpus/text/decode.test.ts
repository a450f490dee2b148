import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/corpus/text/decode.ts';
import { normalise } from '../../../src/corpus/text/normalize.ts';
import { Yielder } from '../../../src/common/yielder.ts';

const yielder = new Yielder(undefined);

const sentences: Record<string, string[]> = {
  ko: [
    '한국어 주석입니다.',
    '이 함수는 파일을 읽고 결과를 돌려줍니다.',
    '메모리를 다 쓰면 오류를 알립니다.',
    '값이 없으면 빈 목록을 씁니다.',
  ],
  ja: [
    '日本語のコメントです。',
    'この関数はファイルを読み込み、結果を返します。',
    'メモリが足りないときはエラーになります。',
    '値がなければ空のリストを使う。',
  ],
  zhs: [
    '这个函数读取文件并返回结果。',
    '请注意内存的使用情况。',
    '如果没有值，就使用空列表。',
    '错误信息会写到日志里面。',
  ],
  zht: [
    '這個函數讀取檔案並傳回結果。',
    '請注意記憶體的使用情況。',
    '如果沒有值，就使用空的清單。',
    '錯誤訊息會寫到記錄裡面。',
  ],
  ru: [
    'Эта функция читает файл и возвращает результат.',
    'Если значения нет, список остаётся пустым.',
    'Сообщение об ошибке пишется в журнал.',
  ],
  fr: [
    'Cette fonction lit le fichier et renvoie le résultat trouvé.',
    'Si la valeur n’existe pas, la liste est déjà prête.',
    'L’erreur est écrite à côté.',
  ],
  de: [
    'Diese Funktion lädt die Datei und gibt das Ergebnis zurück.',
    'Fehlt der Wert, bleibt die Liste natürlich leer.',
    'Größer als das Höchstmaß darf sie nicht werden.',
  ],
  pl: [
    'Ta funkcja wczytuje plik i zwraca treść działania.',
    'Jeśli brak wartości, lista będzie pusta.',
    'Błąd zostanie później zapisany w dzienniku.',
  ],
  el: ['Η συνάρτηση διαβάζει το αρχείο και επιστρέφει το αποτέλεσμα.', 'Η λίστα μένει κενή.'],
};

const encodings: { encoding: string; language: string; names?: string[] }[] = [
  { encoding: 'utf-8', language: 'ko' },
  { encoding: 'utf-16le', language: 'ko' },
  { encoding: 'utf-16be', language: 'de' },
  { encoding: 'utf-16le', language: 'zhs' },
  { encoding: 'utf-16be', language: 'ja' },
  { encoding: 'euc-kr', language: 'ko' },
  { encoding: 'shift_jis', language: 'ja' },
  { encoding: 'euc-jp', language: 'ja' },
  { encoding: 'gb18030', language: 'zhs' },
  { encoding: 'big5', language: 'zht' },
  { encoding: 'windows-1251', language: 'ru' },
  { encoding: 'koi8-r', language: 'ru' },
  { encoding: 'iso-8859-5', language: 'ru' },
  { encoding: 'windows-1252', language: 'fr' },
  { encoding: 'iso-8859-1', language: 'de' },
  { encoding: 'windows-1250', language: 'pl' },
  { encoding: 'iso-8859-2', language: 'pl' },
  { encoding: 'iso-8859-7', language: 'el' },
];

const code = [
  'int main(void) {',
  '    return 0;',
  '}',
  '',
  'const list = [1, 2, 3];',
  'if (a < b) swap(a, b);',
];

describe('decode', () => {
  for (const { encoding, language } of encodings) {
    it(`gives back code with comments in ${language} from ${encoding}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom(...code), { maxLength: 20 }),
          fc.shuffledSubarray(sentences[language], { minLength: 2 }),
          fc.array(fc.constantFrom(...code), { maxLength: 20 }),
          async (before, comments, after) => {
            const text = [...before, ...comments.map((line) => `// ${line}`), ...after, ''].join('\n');
            const decoded = await decode(iconv.encode(text, encoding), yielder);
            expect(decoded).toEqual({ text, encoding });
          },
        ),
        { numRuns: 40, seed: 1 },
      );
    });
  }

  it('goes by the byte order mark, which it strips', async () => {
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be']) {
      const bytes = iconv.encode('한글 no line end', encoding, { addBOM: true });
      expect(await decode(bytes, yielder)).toEqual({ text: '한글 no line end', encoding });
    }
  });

  it('decodes across its pieces', async () => {
    for (const [encoding, language] of [
      ['utf-8', 'ko'],
      ['euc-kr', 'ko'],
      ['shift_jis', 'ja'],
      ['utf-16le', 'ru'],
    ] as const) {
      const text = `${sentences[language].join(' ')}\n`.repeat(3_000);
      expect(await decode(iconv.encode(text, encoding), yielder)).toEqual({ text, encoding });
    }
  });

  it('decodes UTF-8 whose pieces are ASCII here and not there, cut anywhere', async () => {
    const piece = 64 * 1024;
    for (const ascii of [piece, piece - 1, piece - 2, 2 * piece]) {
      for (const text of ['é', '漢x', '\ufeffé', '😀'].map(
        (end) => `${'a'.repeat(ascii)}${end}${'b'.repeat(piece)}é`,
      )) {
        expect(await decode(Buffer.from(text), yielder)).toEqual({ text, encoding: 'utf-8' });
      }
    }
    const cut = Buffer.from(`${'a'.repeat(piece - 1)}é`).subarray(0, piece);
    const broken = Buffer.concat([cut, Buffer.from('b'.repeat(piece))]);
    expect(await decode(broken, yielder)).not.toMatchObject({ encoding: 'utf-8' });
  });

  it('takes a few Western letters for windows-1252', async () => {
    for (const text of [
      'int größe; // x\n',
      'caf\u00e9',
      '// © 2020 Someone\n',
      'T = 20 °C\n',
      'the author’s “code”\n',
    ]) {
      const decoded = await decode(iconv.encode(text, 'windows-1252'), yielder);
      expect(decoded).toMatchObject({ text });
    }
  });

  const refused: Record<string, Uint8Array> = {
    'bytes with zeros': Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919) % 256),
    'an ELF header': Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0]),
    'random bytes without zeros': Uint8Array.from(
      { length: 3000 },
      (_, i) => 1 + ((i * i * 31 + i * 17) % 255),
    ),
    'UTF-8 with a broken sequence amid Korean': Buffer.concat([
      Buffer.from('한국어 주석'),
      Buffer.from([0xff, 0xc0]),
      Buffer.from('입니다'),
    ]),
    'UTF-16 with a lone surrogate': iconv.encode('\ufeffabc\ud800def\n', 'utf-16le'),
    'zeros in text': Buffer.from('some text\0some more text\n'),
    'ISO-2022-JP': Buffer.from('\x1b$B$3$l$O\x1b(B\n'),
  };
  for (const [name, bytes] of Object.entries(refused)) {
    it(`refuses ${name}`, async () => {
      expect(await decode(Buffer.from(bytes), yielder)).toHaveProperty('reason');
    });
  }
});

describe('normalise', () => {
  it('is idempotent, composes, and knows one line end, however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.constantFrom(
            'a',
            'e\u0301',
            '\u0301',
            '\r',
            '\n',
            '\r\n',
            '\uFEFF',
            '한',
            '\u1112\u1161\u11ab',
            '\f',
            '😀',
          ),
        ),
        fc.integer({ min: 0, max: 3 }),
        async (parts, shift) => {
          const text = 'x'.repeat(32 * 1024 - shift) + parts.join('') + 'x'.repeat(10);
          const once = await normalise(text, yielder);
          expect(once).toBe(text.normalize('NFC').replaceAll(/\r\n?/g, '\n'));
          expect(await normalise(once, yielder)).toBe(once);
        },
      ),
    );
  });

  it('strips byte order marks at the beginning alone and keeps form feeds', async () => {
    expect(await normalise('\uFEFF\uFEFFa\uFEFF\fb', yielder)).toBe('a\uFEFF\fb');
  });
});
