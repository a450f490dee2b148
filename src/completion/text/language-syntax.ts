import { languageIdOf } from './language-id.ts';
import { LANGUAGES, type LanguageSyntax } from './languages.ts';

/** Signs that begin a comment in some languages mean something else in others, so only whole lines are taken for one. */
const UNKNOWN_LANGUAGE: LanguageSyntax = {
  lineComments: [],
  blockComments: [],
  quotes: `"'\``,
  hasCharacterQuote: false,
};
const commentLineOfAnyLanguage = /^\s*(?:\/\/|\/\*|\*(?:[\s/]|$)|(?:#|--|%|;)(?:\s|$))/;

/** @param languageId VS Code's identifier; undefined where the editor does not say. */
export function syntaxOf(languageId: string | undefined): LanguageSyntax {
  return (languageId !== undefined && LANGUAGES.get(languageId)) || UNKNOWN_LANGUAGE;
}

/** The same by the name of a file. */
export function syntaxOfPath(path: string): LanguageSyntax {
  return syntaxOf(languageIdOf(path));
}

/** Whether a line stands in a comment as a whole, as far as it shows by itself. */
export function isCommentLine(line: string, syntax: LanguageSyntax): boolean {
  if (syntax === UNKNOWN_LANGUAGE) return commentLineOfAnyLanguage.test(line);
  const { lineComments, blockComments } = syntax;
  const text = line.trimStart();
  if (lineComments.some((marker) => text.startsWith(marker))) return true;
  return blockComments.some(([open]) => open === '/*') && /^(?:\/\*|\*(?:[\s/]|$))/.test(text);
}

/** Whether a comment may begin with `marker` at the end of `line`. */
export function beginsComment(line: string, marker: string): boolean {
  if (!line.endsWith(marker)) return false;
  return marker.length > 1 || /(?:^|\s)$/.test(line.slice(0, -1));
}

const tokens = new WeakMap<LanguageSyntax, RegExp>();

/** Matches comments, strings that end on their line, and brackets. */
export function tokenPattern(syntax: LanguageSyntax): RegExp {
  const known = tokens.get(syntax);
  if (known) return known;
  const { lineComments, blockComments, quotes, hasCharacterQuote } = syntax;
  const patterns = [
    ...blockComments.map(([open, close]) => `${escaped(open)}.*?(?:${escaped(close)}|$)`),
    ...lineComments.map((marker) =>
      marker.length > 1 ? `${escaped(marker)}.*` : `(?<!\\S)${escaped(marker)}.*`,
    ),
    ...[...quotes].map((quote) =>
      quote === "'"
        ? `(?<![\\p{L}\\p{N}_])[bfru]{0,2}'(?:\\\\.|[^'\\\\])*'?`
        : `${quote}(?:\\\\.|[^${quote}\\\\])*${quote}?`,
    ),
    ...(hasCharacterQuote ? [`'(?:\\\\[^']*|[^\\\\'])'`] : []),
    '[()[\\]{}]',
  ];
  const pattern = new RegExp(patterns.join('|'), 'giu');
  tokens.set(syntax, pattern);
  return pattern;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
