import { coreFlag } from './git-config.ts';

/** Which differences between names are none to the file system, as Git finds out where it makes a repository. */
export interface Spelling {
  readonly ignoresCase: boolean;
  /** Whether letters with marks are the same composed and decomposed, as macOS may list them. */
  readonly ignoresComposition: boolean;
}

/** That of a repository, by its configuration. @param platform for what it does not say */
export function spellingOf(configuration: string, platform = process.platform): Spelling {
  return {
    ignoresCase: coreFlag(configuration, 'ignorecase') ?? (platform === 'win32' || platform === 'darwin'),
    ignoresComposition: coreFlag(configuration, 'precomposeunicode') ?? platform === 'darwin',
  };
}

/** A path in the spelling that all names of the same file have in common. */
export function commonSpelling(path: string, { ignoresCase, ignoresComposition }: Spelling): string {
  const composed = ignoresComposition ? path.normalize('NFC') : path;
  return ignoresCase ? composed.toLowerCase() : composed;
}
