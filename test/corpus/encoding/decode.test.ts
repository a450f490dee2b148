import fc from '../../fast-check.ts';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/corpus/encoding/decode.ts';
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

  const words: Readonly<Record<string, string>> = {
    de: 'größte Länge',
    fr: 'déjà reçu',
    ru: 'проверка суммы',
    el: 'έλεγχος',
    zh: '检查总和',
    ja: '確認する',
    ko: '확인한다',
    ar: 'التحقق',
    he: 'בדיקה',
    pl: 'źródło',
    cs: 'ověření',
    tr: 'değişken',
    vi: 'kiểm tra',
    emoji: 'done 😀',
  };
  for (const [language, word] of Object.entries(words)) {
    it(`takes UTF-8 in ${language} for UTF-8 when it is cut at both ends`, async () => {
      const inner = `${word}\n`.repeat(300);
      for (const character of ['ü', '漢', '😀']) {
        const bytes = Buffer.from(`${character}${inner}${character}`);
        for (let cut = 1; cut < Buffer.byteLength(character); cut++) {
          const decoded = await decode(bytes.subarray(cut, bytes.length - cut), yielder);
          expect(decoded).toEqual({ text: inner, encoding: 'utf-8' });
        }
      }
    });

    it(`takes UTF-8 in ${language} for UTF-8 when a line has other bytes`, async () => {
      const line = Buffer.from(`int x = 0; // ${word}\n`);
      const other = Buffer.from('// \xa9 M\xfcller\n', 'latin1');
      for (const lines of [10, 400]) {
        for (const before of [0, lines / 2, lines]) {
          const bytes = Buffer.concat([
            ...Array<Buffer>(before).fill(line),
            other,
            ...Array<Buffer>(lines - before).fill(line),
          ]);
          const text = `${line.toString().repeat(before)}// \ufffd M\ufffdller\n${line.toString().repeat(lines - before)}`;
          expect(await decode(bytes, yielder)).toEqual({ text, encoding: 'utf-8' });
        }
      }
    });
  }

  it('keeps UTF-8 with invalid bytes amid Korean', async () => {
    const bytes = Buffer.concat([
      Buffer.from('한국어 주석'),
      Buffer.from([0xff, 0xc0]),
      Buffer.from('입니다'),
    ]);
    expect(await decode(bytes, yielder)).toEqual({
      text: '한국어 주석\ufffd\ufffd입니다',
      encoding: 'utf-8',
    });
  });

  it('keeps UTF-8 with a byte order mark and one bad byte', async () => {
    const bytes = Buffer.concat([Buffer.from('\ufeffgrößer\n'), Buffer.from([0xa9]), Buffer.from(' x\n')]);
    expect(await decode(bytes, yielder)).toEqual({ text: 'größer\n\ufffd x\n', encoding: 'utf-8' });
  });

  it('reads CESU-8, in which a character has two surrogates', async () => {
    const smile = Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]);
    const bytes = Buffer.concat([Buffer.from('before '), smile, Buffer.from(' after '), smile]);
    expect(await decode(bytes, yielder)).toEqual({ text: 'before 😀 after 😀', encoding: 'utf-8' });
  });

  it('takes no word in a local encoding for damaged UTF-8', async () => {
    const bytes = iconv.encode('int x; // проверка суммы\n', 'cp866');
    expect(await decode(bytes, yielder)).toMatchObject({ text: 'int x; // проверка суммы\n' });
  });

  it('drops the ^Z at the end of a DOS file, and a stray control character', async () => {
    expect(await decode(Buffer.from('10 PRINT "HELLO"\r\n20 GOTO 10\r\n\x1a'), yielder)).toMatchObject({
      text: '10 PRINT "HELLO"\r\n20 GOTO 10\r\n',
    });
    expect(await decode(Buffer.from('int main() {\n  return\x01 0;\n}\n'), yielder)).toMatchObject({
      text: 'int main() {\n  return 0;\n}\n',
    });
  });

  it('goes by the encoding of the settings, unless the bytes are clearly UTF-8', async () => {
    const bytes = iconv.encode('// 检查\n', 'gbk');
    for (const preferred of ['gbk', 'euc-kr', 'windows-1251']) {
      expect(await decode(bytes, yielder, preferred)).toEqual({
        text: iconv.decode(bytes, preferred),
        encoding: preferred,
      });
    }
    const utf8 = Buffer.from('// größer, länger, höher\n');
    expect(await decode(utf8, yielder, 'windows-1252')).toMatchObject({ encoding: 'utf-8' });
    expect(await decode(Buffer.from([0x2f, 0xff, 0xff, 0x0a]), yielder, 'gbk')).not.toMatchObject({
      encoding: 'gbk',
    });
  });

  it('keeps files in encodings of two bytes with a stray one', async () => {
    for (const [encoding, comment] of [
      ['gb18030', '检查校验和，然后继续处理'],
      ['shift_jis', '合計を確認する関数です'],
      ['euc-jp', '合計を確認する関数です'],
      ['euc-kr', '합계를 확인한다 그리고'],
      ['big5', '檢查總和，然後繼續處理'],
    ]) {
      const line = `int timeout = 0; /* ${comment} */\n`;
      const lines = iconv.encode(line.repeat(30), encoding);
      const stray = Buffer.concat([Buffer.from('// '), Buffer.from([0xff]), Buffer.from(' x\n')]);
      const decoded = await decode(Buffer.concat([lines, stray, lines]), yielder);
      expect(decoded).toMatchObject({ encoding });
      expect('text' in decoded && decoded.text.replaceAll(line, '')).toMatch(/^\/\/ . x\n$/);
    }
  });

  it('reads boxes that DOS drew', async () => {
    const text = '╔════════╗\n║ Größe  ║\n╚════════╝\n┌───┬───┐\n│ ü │ ö │\n└───┴───┘\n';
    expect(await decode(iconv.encode(text, 'cp437'), yielder)).toMatchObject({ text });
    const russian = '╔════════════════════╗\n║ Настройки программы ║\n╚════════════════════╝\n';
    expect(await decode(iconv.encode(russian, 'cp866'), yielder)).toMatchObject({ text: russian });
  });

  it('leaves out what too few bytes show', async () => {
    for (const [text, encoding] of [
      ['// 检查\n', 'gbk'],
      ['// да\n', 'windows-1251'],
      ['// é\n', 'windows-1252'],
    ])
      expect(await decode(iconv.encode(text, encoding), yielder)).toEqual({
        reason: 'encoding not recognised',
      });
  });

  it('goes by what a file says of itself where the bytes allow it', async () => {
    const names = ['koi8-r', 'windows-1251', 'iso-8859-5'];
    for (const name of names) {
      for (const text of [
        `# -*- coding: ${name} -*-\nx = 1 # щ\n`,
        `<?xml version="1.0" encoding="${name}"?>\n<a>щ</a>\n`,
      ]) {
        expect(await decode(iconv.encode(text, name), yielder)).toEqual({ text, encoding: name });
      }
    }
  });

  it('finds the euro sign rather than the currency sign, which nobody writes', async () => {
    const text = 'Taulukossa ovat päivän hinnat: kahvi 3 €, lehti 4 €.\n'.repeat(20);
    expect(await decode(iconv.encode(text, 'iso-8859-15'), yielder)).toEqual({
      text,
      encoding: 'iso-8859-15',
    });
  });

  const refused: Record<string, Uint8Array> = {
    'bytes with zeros': Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919) % 256),
    'an ELF header': Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0]),
    'random bytes without zeros': Uint8Array.from(
      { length: 3000 },
      (_, i) => 1 + ((i * i * 31 + i * 17) % 255),
    ),
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
