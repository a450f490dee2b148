const MAX_LITERALS = 20;
const LITERAL = /"""|'''|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g;

/** The contents of the string literals in `text`, in order; the first 20. */
export function literalsIn(text: string): string[] {
  const literals: string[] = [];
  for (const [, double, single, back] of text.matchAll(LITERAL)) {
    literals.push(double ?? single ?? back ?? '');
    if (literals.length === MAX_LITERALS) break;
  }
  return literals;
}
