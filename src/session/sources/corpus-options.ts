import { UserFacingError } from '../../common/errors.ts';
import type { CorpusOptions } from '../../corpus/index.ts';
import type { GetSetting, SettingFault } from '../settings/checked-settings.ts';

const BYTES_PER_MIB = 1024 ** 2;

/** The workspace folders, and what the editor itself says of their files. */
export interface WorkspaceFolders extends Pick<CorpusOptions, 'excludeByRoot' | 'encodings'> {
  /** Absolute paths. */
  readonly roots: readonly string[];
}

/**
 * Which files of a workspace are learnt, by the settings; a folder that is missing is left out.
 * @throws UserFacingError where a setting that keeps files out is not valid.
 */
export function workspaceCorpus(
  folders: WorkspaceFolders,
  get: GetSetting,
  faults: readonly SettingFault[],
): CorpusOptions {
  const fault = faults.find(({ forbidsLearning }) => forbidsLearning);
  if (fault) throw new UserFacingError(fault.sentence, { code: 'invalid-setting' });
  return {
    ...folders,
    include: get('charRnn.corpus.include'),
    exclude: get('charRnn.corpus.exclude'),
    skipMissingRoots: true,
    maxFileBytes: Math.round(get('charRnn.corpus.maxFileSize') * BYTES_PER_MIB),
    maxCharacters: Math.round(get('charRnn.corpus.maxSize') * 1e6),
  };
}

/** As much of what is learnt as suggestions remember. */
export function rememberedPart(corpus: CorpusOptions, get: GetSetting): CorpusOptions {
  const maxRemembered = Math.round(get('charRnn.memory.maxSize') * 1e6);
  return { ...corpus, maxCharacters: Math.min(corpus.maxCharacters, maxRemembered) };
}
