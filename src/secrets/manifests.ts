/** Marks a Secret of Kubernetes, whose values have any names: https://kubernetes.io/docs/concepts/configuration/secret/ */
const SECRET_KIND =
  /(?:^|[\s{,])["']?kind["']?\s{0,10}:\s{0,10}["']?(?:Sealed)?Secret(?:List)?["']?\s*(?:[,}#].*)?$/;

/** What separates documents: those of a YAML stream, code blocks of Markdown, here documents of shells. */
const DELIMITER = /^\s*(?:---|\.\.\.|```|~~~)|<<[-~]?\s*["']?[A-Za-z_]|^[A-Z_]{3,}\s*$/;

/** The lines, counted from 0, of documents that hold a Secret. */
export function secretManifests(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  if (!/kind["']?\s{0,10}:\s{0,10}["']?(?:Sealed)?Secret/.test(text)) return found;
  const lines = text.split('\n');
  let first = 0;
  let holdsSecret = false;
  const finish = (end: number): void => {
    if (holdsSecret) for (let i = first; i < end; i++) found.add(i);
    holdsSecret = false;
    first = end + 1;
  };
  lines.forEach((line, i) => {
    if (DELIMITER.test(line)) finish(i);
    else holdsSecret ||= SECRET_KIND.test(line);
  });
  finish(lines.length);
  return found;
}
