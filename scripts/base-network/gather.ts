import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Yielder } from '../../src/common/yielder.ts';
import { hashPosition, prepareText } from '../../src/corpus/parts.ts';
import { LANGUAGES, languageOf } from './languages.ts';

/** A file that the base network learns. */
export interface LearntFile {
  /** Registry, package, version and path within it. */
  readonly path: string;
  readonly language: string;
  readonly text: string;
}

/** A package's files on this disk. */
export interface Folder {
  /** Registry, name and version, which order the files. */
  readonly name: string;
  readonly path: string;
}

/** Built, copied and generated files, which are not what people type. */
const LEFT_OUT_FOLDERS =
  /(?:^|\/)(?:node_modules|vendor|vendored|third_party|thirdparty|dist|build|umd|cjs|esm|es|es6|min|bundles?|browser|modern|locales?|testdata|fixtures|_vendor|generated|zz_generated|i18n|migrations)\//;
const LEFT_OUT_FILES =
  /\.min\.|[._]pb[2.]|\.pb\.go$|zz_generated|_generated|_string\.go$|-lock\.|CHANGELOG|CHANGES/;
/** Text under licences that do not let it be used freely; dual-licensed files are left out too. */
const UNWANTED_LICENCE =
  /\b(?:[AL]?GPL|GNU (?:Affero |Lesser |Library )?General Public|Mozilla Public|MPL-?2|Business Source|SSPL|CC-BY-(?:SA|NC))/;
const LICENCE_CHARACTERS = 6_000;

const MIN_FILE_CHARACTERS = 200;
const MAX_FILE_CHARACTERS = 120_000;
const MAX_PACKAGE_CHARACTERS = 1_500_000;
/** Lines this long say something by themselves; a file most of whose lines were there before is a copy. */
const MIN_TELLING_LINE = 20;
const MAX_KNOWN_LINES = 0.5;
/** Part of the licence headers that stay, because code bases have them. */
const KEPT_HEADERS = 0.1;
const ORDER_SALT = 'base network';

/**
 * Reads what the base network learns: the source files of packages, cleaned as a workspace's are, without copies, in
 * an order that depends on their names alone, until each language has its share.
 */
export async function gather(folders: readonly Folder[]): Promise<readonly LearntFile[]> {
  const found: {
    readonly name: string;
    readonly path: string;
    readonly folder: string;
    readonly position: number;
  }[] = [];
  for (const folder of folders) {
    for (const path of await filesOf(folder.path)) {
      const name = `${folder.name}/${path}`;
      found.push({
        name,
        path: join(folder.path, path),
        folder: folder.name,
        position: hashPosition(name, ORDER_SALT),
      });
    }
  }
  found.sort((a, b) => a.position - b.position);
  const compiled = foldersWithTypeScript(found);
  const selection = new Selection();
  for (const { name, path, folder, position } of found) {
    const language = languageOf(name);
    if (language === undefined || (language === 'javascript' && compiled.has(folder))) continue;
    if (!selection.hasRoom(language, folder)) continue;
    const text = await readText(path, position);
    if (text !== undefined) selection.add({ path: name, language, text }, folder);
  }
  return selection.files;
}

/** Paths below a folder, with `/`, of files that may be learnt by their names. */
async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(
      (path) => languageOf(path) !== undefined && !LEFT_OUT_FOLDERS.test(path) && !LEFT_OUT_FILES.test(path),
    );
}

/** Packages whose JavaScript is compiled from the TypeScript that they have as well. */
function foldersWithTypeScript(
  found: readonly { readonly name: string; readonly folder: string }[],
): ReadonlySet<string> {
  return new Set(found.filter(({ name }) => languageOf(name) === 'typescript').map(({ folder }) => folder));
}

/** The text of a file as it is learnt, or undefined where it is not. */
async function readText(path: string, position: number): Promise<string | undefined> {
  const prepared = await prepareText(path, await readFile(path), { named: false }, new Yielder(undefined));
  if ('reason' in prepared) return undefined;
  const { text } = prepared;
  if (text.length < MIN_FILE_CHARACTERS || text.length > MAX_FILE_CHARACTERS) return undefined;
  if (UNWANTED_LICENCE.test(text.slice(0, LICENCE_CHARACTERS))) return undefined;
  const keepsHeader = (position * 1e6) % 1 < KEPT_HEADERS;
  return keepsHeader ? text : withoutLicenceHeader(text);
}

/** A text without the comment at its beginning, where that is about its licence. */
function withoutLicenceHeader(text: string): string {
  const header = /^(?:#!.*\n)?\s*(?:\/\*[^]*?\*\/[ \t]*\n|(?:(?:\/\/|#|--|;).*\n)+)\s*/.exec(text)?.[0];
  return header !== undefined && /copyright|licen[cs]e|SPDX/i.test(header) ? text.slice(header.length) : text;
}

/** The files taken so far. */
class Selection {
  readonly files: LearntFile[] = [];
  private readonly byLanguage = new Map<string, number>();
  private readonly byFolder = new Map<string, number>();
  private readonly lines = new Set<string>();

  hasRoom(language: string, folder: string): boolean {
    return (
      (this.byLanguage.get(language) ?? 0) < LANGUAGES[language].maxCharacters &&
      (this.byFolder.get(folder) ?? 0) < MAX_PACKAGE_CHARACTERS
    );
  }

  /** Takes a file, unless it is a copy of what was taken before. */
  add(file: LearntFile, folder: string): void {
    const lines = file.text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length >= MIN_TELLING_LINE)
      .map((line) => createHash('sha1').update(line).digest('base64').slice(0, 11));
    const known = lines.filter((line) => this.lines.has(line)).length;
    if (known > lines.length * MAX_KNOWN_LINES) return;
    for (const line of lines) this.lines.add(line);
    this.files.push(file);
    increase(this.byLanguage, file.language, file.text.length);
    increase(this.byFolder, folder, file.text.length);
  }
}

function increase(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
