import path from 'node:path';
import iconv from 'iconv-lite';

/** The encodings that the settings name for the files of one root, by names that iconv-lite knows. */
export interface PreferredEncodings {
  /** For all files of which nothing else is said. */
  readonly others?: string;
  /** For files of single languages, by the end of their names in lower case, such as `.py` or `makefile`. */
  readonly byEnding: Readonly<Record<string, string>>;
}

/** The encoding that the settings name for a file; undefined where they name none that can be decoded. */
export function preferredEncoding(
  file: string,
  preferred: PreferredEncodings | undefined,
): string | undefined {
  if (preferred === undefined) return undefined;
  const name = path.basename(file).toLowerCase();
  const { byEnding, others } = preferred;
  let found = Object.hasOwn(byEnding, name) ? byEnding[name] : undefined;
  for (let dot = name.indexOf('.'); found === undefined && dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const ending = name.slice(dot);
    if (Object.hasOwn(byEnding, ending)) found = byEnding[ending];
  }
  const encoding = found ?? others;
  return encoding !== undefined && iconv.encodingExists(encoding) ? encoding : undefined;
}
