import * as path from 'node:path';
import { localize, localized } from '../../common/localization/localize.ts';
import { languageIdOf } from '../../completion/index.ts';
import type { CorpusSummary, FileGroup, GroupName, ListedFile } from '../../panel/index.ts';
import { kindOfReason, reasonMessage, type SkippedFile } from '../../corpus/index.ts';
import type { LearntFile, TrainingEvent } from '../../training/index.ts';

export type CorpusEvent = Extract<TrainingEvent, { event: 'corpus' }>;

/** What a training learnt and left out, as it is kept. */
export interface CorpusRecord {
  readonly files: number;
  readonly heldOutFiles: number;
  readonly characters: number;
  readonly vocabularySize: number;
  readonly learnt: readonly LearntFile[];
  readonly leftOut: readonly SkippedFile[];
}

/** Folders of the workspace are shown to this depth. */
const FOLDER_DEPTH = 2;
/** Files of a group that are listed; the log lists all. */
const MAX_LISTED = 300;

export function recordOf(event: CorpusEvent): CorpusRecord {
  const { files, validationFiles: heldOutFiles, characters, vocabularySize, learnt, leftOut } = event;
  return { files, heldOutFiles, characters, vocabularySize, learnt, leftOut };
}

/** The groups of a corpus, each by falling size; with several roots, folders begin with the name of theirs. */
export function summaryOf(record: CorpusRecord, roots: readonly string[]): CorpusSummary {
  const { files, heldOutFiles, characters, vocabularySize, learnt, leftOut } = record;
  return {
    files,
    heldOutFiles,
    characters,
    vocabularySize,
    groups: {
      language: grouped(learnt, languageOf),
      folder: grouped(learnt, (file) => folderOf(file, roots)),
      reason: grouped(leftOut, reasonOf),
    },
  };
}

/** Files of a group, the largest first, and how many there are. */
export function filesOf(
  { learnt, leftOut }: CorpusRecord,
  { by, name }: GroupName,
  roots: readonly string[],
): { files: readonly ListedFile[]; total: number } {
  const listed =
    by === 'reason'
      ? leftOut.filter((file) => reasonOf(file) === name).map((file) => listedSkipped(file, roots))
      : learnt
          .filter((file) => (by === 'language' ? languageOf(file) : folderOf(file, roots)) === name)
          .map((file) => listedLearnt(file, roots));
  listed.sort((a, b) => b.characters - a.characters || (a.shown < b.shown ? -1 : 1));
  return { files: listed.slice(0, MAX_LISTED), total: listed.length };
}

/** Whether `file` was learnt or left out, so that the page may ask to open it. */
export function isListed({ learnt, leftOut }: CorpusRecord, file: string): boolean {
  return [learnt, leftOut].some((files: readonly { path: string }[]) =>
    files.some((found) => found.path === file),
  );
}

function grouped<F extends { readonly path: string; readonly characters?: number }>(
  files: readonly F[],
  nameOf: (file: F) => string,
): FileGroup[] {
  const groups = new Map<string, { name: string; files: number; characters: number }>();
  for (const file of files) {
    const name = nameOf(file);
    const group = groups.get(name) ?? { name, files: 0, characters: 0 };
    group.files++;
    group.characters += file.characters ?? 0;
    groups.set(name, group);
  }
  return [...groups.values()].sort((a, b) => b.characters - a.characters || b.files - a.files);
}

function languageOf({ path: file }: LearntFile): string {
  return languageIdOf(file) ?? localize`other`;
}

function folderOf({ path: file }: LearntFile, roots: readonly string[]): string {
  const folders = path.dirname(shownPath(file, roots)).split(path.sep);
  const depth = roots.length > 1 ? FOLDER_DEPTH + 1 : FOLDER_DEPTH;
  return folders.slice(0, depth).join('/');
}

/** The reason in the display language, without what differs from file to file: lines and shares. */
function reasonOf({ reason }: SkippedFile): string {
  const kind = kindOfReason(reason);
  if (kind === 'credentialLine' || kind === 'credentialLines')
    return localize`lines that look like a credential`;
  if (kind === 'embeddedInLine' || kind === 'embeddedInLines') return localize`data embedded`;
  if (kind === 'rareCharacters') return localize`characters that the network does not know`;
  return localized(reasonMessage(reason));
}

function listedLearnt(
  { path: file, characters, isHeldOut }: LearntFile,
  roots: readonly string[],
): ListedFile {
  return { path: file, shown: shownPath(file, roots), note: isHeldOut ? localize`held out` : '', characters };
}

function listedSkipped({ path: file, reason }: SkippedFile, roots: readonly string[]): ListedFile {
  return { path: file, shown: shownPath(file, roots), note: localized(reasonMessage(reason)), characters: 0 };
}

/** Below the file's root, with the root's name where there are several. */
function shownPath(file: string, roots: readonly string[]): string {
  const root = roots.find((candidate) => file === candidate || file.startsWith(candidate + path.sep));
  if (root === undefined) return file;
  const below = path.relative(root, file) || '.';
  return roots.length > 1 ? path.join(path.basename(root), below) : below;
}
