import * as path from 'node:path';
import { localize } from '../../common/localization/localize.ts';
import {
  isRareCharactersReason,
  isTooLargeReason,
  isUnmatchedReason,
  MISSING_ROOT,
  reasonMessage,
  type SkippedFile,
} from '../../corpus/index.ts';
import { type Button, openSetting, showLog } from '../command-ids.ts';

/** A sentence about what was left out that a person should know of, with its buttons. */
export interface LeftOutNotice {
  readonly level: 'information' | 'warning';
  readonly sentence: string;
  readonly buttons: readonly Button[];
}

/** What is worth a notification of what a training left out; the log has all of it. */
export function leftOutNotices(leftOut: readonly SkippedFile[]): LeftOutNotice[] {
  const missing = leftOut
    .filter(({ reason }) => reason === MISSING_ROOT)
    .map(({ path: folder }): LeftOutNotice => ({
      level: 'warning',
      sentence: localize`The workspace folder ${folder} is not there, so Char-RNN learns from the others alone; bring it back or remove it from the workspace.`,
      buttons: [showLog()],
    }));
  const unmatched = leftOut
    .filter(({ reason }) => isUnmatchedReason(reason))
    .map(({ reason }): LeftOutNotice => ({
      level: 'warning',
      sentence: localize`Of charRnn.corpus.include and charRnn.corpus.exclude, ${reasonMessage(reason)}; correct it, or remove it.`,
      buttons: [openSetting('charRnn.corpus')],
    }));
  const rare = leftOut
    .filter(({ reason }) => isRareCharactersReason(reason))
    .map(({ reason }): LeftOutNotice => ({
      level: 'information',
      sentence: localize`${reasonMessage(reason)}; once this model is deleted, a new one knows more, as many as charRnn.model.maxVocabulary allows.`,
      buttons: [openSetting('charRnn.model.maxVocabulary')],
    }));
  return [
    ...rare,
    ...missing,
    ...unmatched,
    ...tooLargeNotice(leftOut.filter(({ reason }) => isTooLargeReason(reason))),
  ];
}

function tooLargeNotice(tooLarge: readonly SkippedFile[]): LeftOutNotice[] {
  const [first] = tooLarge;
  if (first === undefined) return [];
  const name = path.basename(first.path);
  return [
    {
      level: 'information',
      sentence:
        tooLarge.length === 1
          ? localize`${name} is ${reasonMessage(first.reason)} and not learnt; a higher charRnn.corpus.maxFileSize lets Char-RNN learn it.`
          : localize`${tooLarge.length} files, such as ${name}, are ${reasonMessage(first.reason)} and not learnt; a higher charRnn.corpus.maxFileSize lets Char-RNN learn them.`,
      buttons: [openSetting('charRnn.corpus.maxFileSize')],
    },
  ];
}
