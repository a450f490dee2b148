/** The text of one file, ready to be learnt. */
export interface SourceFile {
  /** Absolute path. */
  readonly path: string;
  /** IANA-like name of the encoding it was decoded from, such as `utf-8` or `euc-kr`. */
  readonly encoding: string;
  /** Composed letters, LF line ends, no byte order mark, lines with credentials removed. */
  readonly text: string;
  /** Code points in `text`. */
  readonly characters: number;
}

/** A file or folder that is not learnt, or a file of which some lines are not. */
export interface SkippedFile {
  readonly path: string;
  /** Why, as a short phrase for people, such as `binary` or `line 12 looks like a credential`. */
  readonly reason: string;
}
