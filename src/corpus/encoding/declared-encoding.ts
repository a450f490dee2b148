import iconv from 'iconv-lite';

/** Declarations stand in the first lines of a file. */
const DECLARED_WITHIN_BYTES = 1024;

/** XML's declaration, HTML's meta element, CSS's `@charset`, and the lines of Python, Ruby, Emacs and Vim. */
const DECLARATION =
  /<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)|<meta[^>]*\bcharset\s*=\s*["']?([\w.:-]+)|^@charset\s+"([\w.:-]+)"|^.{0,40}\b(?:coding|fileencoding|fenc|encoding)\s*[:=]\s*([\w.:-]+)/im;

/** The encoding that a text file says it is in; undefined where it says none that can be decoded. */
export function declaredEncoding(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, DECLARED_WITHIN_BYTES).toString('latin1');
  const name = DECLARATION.exec(head)?.slice(1).find(Boolean)?.toLowerCase();
  return name !== undefined && iconv.encodingExists(name) ? name : undefined;
}
