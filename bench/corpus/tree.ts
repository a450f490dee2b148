import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { RandomGenerator } from '../../src/model/index.ts';

/** What was written, and what of it a corpus should hold. */
export interface Tree {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** Files that are text worth learning, and their bytes. */
  readonly learnable: number;
  readonly learnableBytes: number;
  /** Number of learnable files by encoding. */
  readonly encodings: Readonly<Record<string, number>>;
}

export interface TreeSize {
  readonly files: number;
  readonly megabytes: number;
  readonly seed: number;
}

/** Standard deviation of the logarithms of the files' sizes; their mean follows from the average size asked for. */
const SPREAD = 1;
const MAX_ORDINARY_BYTES = 900_000;
const LARGE_BYTES = 1_500_000;
const FILES_IN_FOLDER = 12;
const MAX_SUBFOLDERS = 6;
const WRITES_AT_ONCE = 32;

/** A kind of file: how often there is one among a thousand, its name, and its content of about `size` bytes. */
interface Kind {
  readonly weight: number;
  readonly encoding: string | undefined;
  readonly extension: string;
  content(material: Material, size: number): Buffer;
}

const text =
  (encoding: string, words: string, lineEnd = '\n') =>
  (material: Material, size: number): Buffer =>
    iconv.encode(material.lines(size, words).join(lineEnd) + lineEnd, encoding);

const KINDS: readonly Kind[] = [
  { weight: 700, encoding: 'utf-8', extension: '.ts', content: text('utf-8', '') },
  { weight: 60, encoding: 'utf-8', extension: '.md', content: text('utf-8', '– “naïve” façade') },
  { weight: 60, encoding: 'utf-8', extension: '.c', content: text('utf-8', '', '\r\n') },
  { weight: 40, encoding: 'utf-8', extension: '.py', content: text('utf-8', 'Übergröße 漢字 かな') },
  { weight: 15, encoding: 'iso-8859-1', extension: '.js', content: text('latin1', 'Größe über café là été') },
  { weight: 10, encoding: 'utf-16le', extension: '.cs', content: text('utf-16le', '') },
  {
    weight: 5,
    encoding: 'euc-kr',
    extension: '.java',
    content: text('euc-kr', '한국어 주석입니다 사용자 이름을'),
  },
  { weight: 40, encoding: undefined, extension: '', content: (material, size) => material.bytes(size) },
  { weight: 20, encoding: undefined, extension: '.js', content: (material, size) => material.minified(size) },
  { weight: 49, encoding: undefined, extension: '.gen.ts', content: text('utf-8', '') },
  {
    weight: 1,
    encoding: undefined,
    extension: '.csv',
    content: (material) => material.bytes(LARGE_BYTES, true),
  },
];

/** Text to make files of: this repository's own sources, put together anew. */
class Material {
  readonly random: RandomGenerator;
  private readonly source: readonly string[];

  constructor(seed: number) {
    this.random = new RandomGenerator(seed);
    this.source = ['src', 'test', 'docs']
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
      )
      // Files about credentials contain examples of them, which would be removed.
      .filter(
        (name) => /\.(?:ts|md)$/.test(name) && !/secret|credential|key-blocks|random-strings/.test(name),
      )
      .sort()
      .flatMap((name) => readFileSync(name, 'utf8').split('\n'))
      .filter((line) => /^[\x20-\x7e]*$/.test(line) && !/generated|DO NOT/i.test(line));
  }

  integer(below: number): number {
    return Math.floor(this.random.nextUniform() * below);
  }

  /** Runs of lines of about `size` characters together, some of them with `words` in a comment. */
  lines(size: number, words: string): string[] {
    const lines: string[] = words === '' ? [] : [`// ${words}`];
    for (let length = 0; length < size;) {
      const from = this.integer(this.source.length - 40);
      const run = this.source.slice(from, from + 5 + this.integer(30));
      if (words !== '') run.push(`// ${words} ${this.integer(1000)}`);
      lines.push(...run);
      length += run.reduce((sum, line) => sum + line.length + 1, 0);
    }
    return lines;
  }

  bytes(size: number, isText = false): Buffer {
    const bytes = Buffer.alloc(size);
    for (let i = 0; i < size; i++) bytes[i] = isText ? 0x30 + ((i * 7) % 10) : this.integer(256);
    return bytes;
  }

  minified(size: number): Buffer {
    return Buffer.from(this.lines(Math.max(size, 4000), '').join('').replaceAll(/\s+/g, ''));
  }
}

/** Writes a tree with nested folders, ignore rules and files of many kinds; the same for the same size and seed. */
export async function makeTree(folder: string, { files, megabytes, seed }: TreeSize): Promise<Tree> {
  const material = new Material(seed);
  const average = (megabytes * 1e6) / files;
  const total = KINDS.reduce((sum, { weight }) => sum + weight, 0);
  const tree = {
    folder,
    files: 0,
    bytes: 0,
    learnable: 0,
    learnableBytes: 0,
    encodings: {} as Record<string, number>,
  };
  const folders = [{ path: folder, ignored: false }];
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '.gitignore'), '*.gen.ts\nbuild/\n');
  await mkdir(join(folder, '.git'));
  let writes: Promise<void>[] = [];
  // .gitignore files are text that is learnt, too.
  let ignoreFiles = 1;
  for (let index = 0; tree.files < files; index++) {
    const { path: here, ignored } = folders[index];
    for (let below = 1 + material.integer(MAX_SUBFOLDERS); below > 0; below--) {
      const isBuild = material.integer(200) === 0;
      const name = isBuild ? 'build' : `folder-${material.integer(1000)}-${below}`;
      folders.push({ path: join(here, name), ignored: ignored || isBuild });
    }
    await mkdir(here, { recursive: true });
    if (index % 50 === 1) {
      writes.push(writeFile(join(here, '.gitignore'), `*.tmp\n/local-${index}\n!keep.tmp\n`));
      if (!ignored) ignoreFiles++;
    }
    for (let i = 0; i < FILES_IN_FOLDER && tree.files < files; i++) {
      let drawn = material.integer(total);
      const kind = KINDS.find(({ weight }) => (drawn -= weight) < 0)!;
      const spread = Math.exp(SPREAD * material.random.nextNormal() - SPREAD ** 2 / 2);
      const content = kind.content(material, Math.min(MAX_ORDINARY_BYTES, average * spread));
      writes.push(writeFile(join(here, `file-${i}${kind.extension}`), content));
      tree.files++;
      tree.bytes += content.length;
      if (kind.encoding !== undefined && !ignored) {
        tree.learnable++;
        tree.learnableBytes += content.length;
        tree.encodings[kind.encoding] = (tree.encodings[kind.encoding] ?? 0) + 1;
      }
      if (writes.length >= WRITES_AT_ONCE) {
        await Promise.all(writes);
        writes = [];
      }
    }
  }
  await Promise.all(writes);
  tree.learnable += ignoreFiles;
  tree.encodings['utf-8'] = (tree.encodings['utf-8'] ?? 0) + ignoreFiles;
  return tree;
}
