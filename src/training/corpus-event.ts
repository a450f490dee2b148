import {
  type Corpus,
  rareCharactersReason,
  type SkippedFile,
  type SourceFile,
  type Vocabulary,
} from '../corpus/index.ts';
import { english } from '../common/localization/message.ts';
import type { LearntFile, TrainingEvent } from './events.ts';

/** What a training learns and measures itself on. */
export interface Sides {
  readonly training: readonly SourceFile[];
  readonly validation: readonly SourceFile[];
}

/** What to say where more of the text than this is in characters that are too rare for the network to know. */
const MIN_SHOWN_UNKNOWN_SHARE = 0.001;
/** Why a file is on neither side. */
const IS_COPY = english`a copy of a file that is held out for validation`;

/** Which files are learnt and which are left out, by `readCorpus` or as copies of those held out. */
export function corpusEvent(
  { files, leftOut }: Corpus,
  { training, validation }: Sides,
  vocabulary: Vocabulary,
  roots: readonly string[],
): Extract<TrainingEvent, { event: 'corpus' }> {
  // A file of which a part is held out is on both sides, as other objects.
  const isUsed = new Set([...training, ...validation].map((file) => file.path));
  const used = files.filter((file) => isUsed.has(file.path));
  const copies = files.filter((file) => !isUsed.has(file.path));
  return {
    event: 'corpus',
    files: used.length,
    characters: used.reduce((sum, file) => sum + file.characters, 0),
    validationFiles: validation.length,
    vocabularySize: vocabulary.size,
    learnt: learntFiles(used, validation),
    leftOut: [
      ...leftOut,
      ...copies.map((file) => ({ path: file.path, reason: IS_COPY })),
      ...rareCharacters(vocabulary, training, roots),
    ],
  };
}

function learntFiles(files: readonly SourceFile[], heldOut: readonly SourceFile[]): LearntFile[] {
  const isHeldOut = new Set(heldOut);
  return files.map((file) => ({
    path: file.path,
    characters: file.characters,
    ...(isHeldOut.has(file) && { isHeldOut: true as const }),
  }));
}

function rareCharacters(
  vocabulary: Vocabulary,
  training: readonly SourceFile[],
  roots: readonly string[],
): SkippedFile[] {
  const share = vocabulary.unknownShare(training.map(({ text }) => text));
  if (share < MIN_SHOWN_UNKNOWN_SHARE) return [];
  return [{ path: roots[0], reason: rareCharactersReason(share, vocabulary.size) }];
}
