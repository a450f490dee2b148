import iconv from 'iconv-lite';
import type { LabelledFile } from './files.ts';

/** Six texts by language (a sentence, a warning, a word, a title, a name, a description), and local encodings. */
const WORDS: Readonly<Record<string, readonly [texts: readonly string[], encodings: readonly string[]]>> = {
  ru: [
    [
      'Ошибка открытия файла',
      'ВНИМАНИЕ',
      'имя',
      'настройки соединения',
      'Иванов',
      'количество элементов в очереди',
    ],
    ['windows-1251', 'koi8-r', 'cp866', 'iso-8859-5'],
  ],
  uk: [
    [
      'Помилка відкриття файлу',
      'УВАГА',
      'ім’я',
      'налаштування з’єднання',
      'Шевченко',
      'кількість елементів у черзі',
    ],
    ['windows-1251', 'koi8-u'],
  ],
  bg: [
    ['Грешка при отваряне', 'ВНИМАНИЕ', 'име', 'настройки на връзката', 'Петров', 'брой елементи в опашката'],
    ['windows-1251'],
  ],
  mk: [
    ['Грешка при отворање', 'ВНИМАНИЕ', 'име', 'поставки за врската', 'Ѓорѓи', 'број на елементи во редот'],
    ['windows-1251'],
  ],
  kk: [['Сервер жұмысы', 'НАЗАР', 'атауы', 'баптаулар', 'Нұрсұлтан', 'кезектегі элементтер саны'], []],
  el: [
    [
      'Σφάλμα ανοίγματος αρχείου',
      'ΠΡΟΣΟΧΗ',
      'όνομα',
      'ρυθμίσεις σύνδεσης',
      'Παπαδόπουλος',
      'πλήθος στοιχείων στην ουρά',
    ],
    ['windows-1253', 'iso-8859-7'],
  ],
  ja: [
    ['ファイルを開けません', '注意', '名前', '接続の設定', '田中太郎', '待ち行列の要素数'],
    ['shift_jis', 'euc-jp'],
  ],
  zhs: [['无法打开文件', '注意事项', '名称', '连接设置选项', '王小明同学', '队列中的元素数量'], ['gbk']],
  zht: [['無法開啟檔案', '注意事項', '名稱', '連線設定選項', '王小明同學', '佇列中的元素數量'], ['big5']],
  ko: [
    ['파일을 열 수 없습니다', '주의 사항', '이름', '연결 설정 항목', '김철수', '대기열의 항목 수'],
    ['euc-kr'],
  ],
  he: [
    ['שגיאה בפתיחת הקובץ', 'זהירות', 'שם המשתמש', 'הגדרות החיבור', 'כהן', 'מספר הפריטים בתור'],
    ['windows-1255', 'iso-8859-8'],
  ],
  ar: [
    [
      'خطأ في فتح الملف',
      'تنبيه هام',
      'اسم المستخدم',
      'إعدادات الاتصال',
      'محمد علي',
      'عدد العناصر في الطابور',
    ],
    ['windows-1256', 'iso-8859-6'],
  ],
  fa: [
    ['خطا در باز کردن فایل', 'هشدار', 'نام کاربر', 'تنظیمات اتصال', 'پرویز', 'تعداد عناصر صف'],
    ['windows-1256'],
  ],
  th: [['เปิดไฟล์ไม่ได้', 'ข้อควรระวัง', 'ชื่อผู้ใช้', 'การตั้งค่าการเชื่อมต่อ', 'สมชาย', 'จำนวนรายการในคิว'], ['windows-874']],
  tr: [
    [
      'Dosya açılamadı',
      'UYARI ŞİMDİ',
      'kullanıcı adı',
      'bağlantı ayarları',
      'Özgür Çelik',
      'kuyruktaki öğe sayısı',
    ],
    ['windows-1254', 'iso-8859-9'],
  ],
  pl: [
    [
      'Nie można otworzyć pliku',
      'UWAGA BŁĄD',
      'użytkownik',
      'ustawienia połączenia',
      'Łukasz Żak',
      'liczba elementów w kolejce źródłowej',
    ],
    ['windows-1250', 'iso-8859-2', 'cp852'],
  ],
  cs: [
    [
      'Soubor nelze otevřít',
      'UPOZORNĚNÍ',
      'uživatel',
      'nastavení připojení',
      'Dvořák',
      'počet prvků ve frontě',
    ],
    ['windows-1250', 'iso-8859-2'],
  ],
  hu: [
    [
      'A fájl nem nyitható meg',
      'FIGYELEM KÉRÉS',
      'felhasználó',
      'kapcsolat beállításai',
      'Győző',
      'a sor elemeinek száma őrzött',
    ],
    ['windows-1250', 'iso-8859-2'],
  ],
  ro: [
    [
      'Fișierul nu poate fi deschis',
      'ATENȚIE',
      'numele țării',
      'setările conexiunii',
      'Ștefan',
      'numărul de elemente în coadă',
    ],
    [],
  ],
  de: [
    [
      'Datei kann nicht geöffnet werden',
      'ÄNDERUNG',
      'Schlüssel',
      'Größe der Einträge',
      'Jürgen Müller',
      'Anzahl der Einträge für später',
    ],
    ['windows-1252', 'iso-8859-1', 'cp850', 'macroman'],
  ],
  fr: [
    [
      'Impossible d’ouvrir le fichier créé',
      'ÉCHEC',
      'paramètre',
      'réglages de la connexion',
      'François Lefèvre',
      'nombre d’éléments déjà en attente',
    ],
    ['windows-1252', 'macroman'],
  ],
  es: [
    [
      'No se pudo abrir la sesión',
      'ATENCIÓN',
      'contraseña nueva',
      'configuración de la conexión',
      'José Muñoz',
      'número de elementos en la cola',
    ],
    ['windows-1252', 'iso-8859-1', 'cp850'],
  ],
  pt: [
    [
      'Não foi possível abrir o arquivo',
      'ATENÇÃO',
      'usuário',
      'configurações da conexão',
      'João Conceição',
      'número de itens na fila',
    ],
    ['windows-1252', 'cp850'],
  ],
  sv: [
    [
      'Filen kunde inte öppnas',
      'VARNING FÖR',
      'användare',
      'inställningar för anslutningen',
      'Åke Sjöberg',
      'antal poster i kön',
    ],
    ['windows-1252', 'iso-8859-1'],
  ],
  nb: [
    [
      'Filen kan ikke åpnes',
      'ADVARSEL FØR',
      'brukerens ønske',
      'innstillinger for å koble til',
      'Øyvind Sørli',
      'antall ting i køen',
    ],
    ['windows-1252', 'cp865'],
  ],
  fi: [
    [
      'Tiedostoa ei voi avata täällä',
      'VAROITUS ÄLÄ',
      'käyttäjä',
      'yhteyden määritykset',
      'Väinö Mäkelä',
      'jonossa olevien määrä',
    ],
    ['windows-1252'],
  ],
  lt: [
    [
      'Nepavyko atverti failo šiuo būdu',
      'DĖMESIO',
      'naudotojas žiūri',
      'ryšio nuostatų sąrašas',
      'Žydrūnas',
      'eilėje esančių elementų skaičius',
    ],
    ['windows-1257', 'iso-8859-13'],
  ],
  lv: [
    [
      'Nevarēja atvērt failu',
      'UZMANĪBU',
      'lietotājs',
      'savienojuma iestatījumi',
      'Jānis Bērziņš',
      'rindas vienumu skaits',
    ],
    ['windows-1257', 'iso-8859-13'],
  ],
  vi: [
    [
      'Không mở được tập tin',
      'CẢNH BÁO',
      'người dùng',
      'thiết lập kết nối',
      'Nguyễn Văn Đức',
      'số phần tử trong hàng đợi',
    ],
    [],
  ],
  et: [
    [
      'Faili ei õnnestunud avada',
      'HOIATUS ÕIGE',
      'kasutaja õigused',
      'ühenduse sätted',
      'Jüri Tõnisson',
      'järjekorra elementide arv',
    ],
    ['windows-1252', 'windows-1257'],
  ],
  is: [
    [
      'Ekki tókst að opna skrána',
      'AÐVÖRUN',
      'notandi þessi',
      'stillingar tengingar',
      'Þórður',
      'fjöldi atriða í biðröð',
    ],
    ['windows-1252'],
  ],
};

const CODE =
  'for (int i = 0; i < n; ++i) {\n  total += weights[i] * inputs[i];\n  if (total > limit) break;\n}\nreturn total;\n';

/** Files in which little shows the encoding. */
const SHAPES: Readonly<Record<string, (words: readonly string[]) => string>> = {
  'one word': (words) => CODE.repeat(40) + `int x; // ${words[2]}\n` + CODE.repeat(10),
  'string literals': (words) =>
    `const messages = {\n${words.map((s, i) => `  KEY_${i}: "${s}",\n`).join('')}};\n` + CODE.repeat(5),
  csv: (words) => 'id;name;value\n' + words.map((s, i) => `${i};${s};${i * 17}\n`).join(''),
  html: (words) =>
    `<html><body><h1>${words[0]}</h1>\n<p class="x">${words[5]}</p><a href="/y">${words[3]}</a></body></html>\n`,
  caps: (words) => CODE + `/* ${words[1]} */\n` + CODE.repeat(20) + `// ${words[0]}\n`,
  author: (words) =>
    `# Author: ${words[4]} <x@example.com>\n# Copyright 2019\n` + 'def f(x):\n    return x + 1\n'.repeat(60),
  properties: (words) => words.map((s, i) => `label.${i}=${s}\n`).join(''),
  docstring: (words) =>
    `def run(a, b):\n    """${words[0]}.\n\n    ${words[5]}: ${words[3]}\n    """\n    return a - b\n`.repeat(
      4,
    ),
  'mixed English': (words) =>
    `/* Opens the file. */\n${CODE}/* ${words[0]} (see also the manual, section 4) */\n${CODE}/* The queue is empty here. */\n`,
};

/** Every language in each of its local encodings and these shapes. */
export function shortFiles(): LabelledFile[] {
  return Object.entries(WORDS).flatMap(([language, [words, encodings]]) =>
    encodings.flatMap((encoding) =>
      Object.entries(SHAPES).flatMap(([shape, textOf]) => {
        const text = textOf(words).replaceAll('’', "'");
        const bytes = iconv.encode(text, encoding);
        const isLabelled = iconv.decode(bytes, encoding) === text && !/^[\0-\x7f]*$/.test(text);
        return isLabelled ? [{ name: `${language} ${encoding} ${shape}`, bytes, text }] : [];
      }),
    ),
  );
}
