/** Lines in which generators put their notice: behind a licence, too. */
const HEADER_LINES = 80;
const HEADER_CHARACTERS = 8_000;

/** What may come before the words of a comment on its line. */
const LINE_COMMENT =
  /^\s*(?:\/\/+!?|\/\*+|\*+(?!\/)|#+!?|--+(?:\[\[)?|;+|%+|<!--|\(\*|\{-|"""|'''|'|rem\b|dnl\b|@rem\b|\.\\")/i;

/** Block comments, whose inner lines may begin with anything, as their beginning and end. */
const BLOCK_COMMENTS: readonly (readonly [begin: string, end: string])[] = [
  ['/*', '*/'],
  ['<!--', '-->'],
  ['"""', '"""'],
  ["'''", "'''"],
  ['(*', '*)'],
  ['{-', '-}'],
  ['--[[', ']]'],
  ['=begin', '=end'],
];

const NOT_BY_HAND = String.raw`\b(?:do not|don't|never|not intended|should not|must not|by hand|will be (?:lost|overwritten))`;
const HOW = String.raw`(?:auto[- ]?|automatically |machine[- ]|code )?`;
const THIS_FILE = String.raw`(?:this|the following) (?:\w+ )?(?:file|code|source|class|module|header|script|document|package)`;

/**
 * Notices of generators at the beginning of a comment, by the markers of Linguist's `generated.rb`, of Go
 * (https://go.dev/s/generatedcode) and of `@generated`. Prose that merely speaks of generated code has none of them.
 */
const NOTICES: readonly RegExp[] = [
  /^@(?:partially-)?generated\b/i,
  new RegExp(`^${THIS_FILE} (?:is|was) (?:automatically )?@generated\\b`, 'i'),
  /^Code generated .*DO NOT EDIT/i,
  /^<auto-?generated\b/i,
  new RegExp(
    `^(?:\\w+: )?${THIS_FILE} (?:is|was|has been) ${HOW}(?:re)?(?:generated|created) (?:by|from|with|using|via)\\b`,
    'i',
  ),
  new RegExp(
    `^(?:\\w+: )?${THIS_FILE} (?:is|was|has been) (?:auto[- ]?|automatically |machine[- ])(?:generated|created)\\b`,
    'i',
  ),
  new RegExp(`^(?:\\w+: )?${THIS_FILE} (?:is|was|has been) generated\\b.{0,200}${NOT_BY_HAND}`, 'i'),
  /^this is an? (?:auto[- ]?|automatically |machine[- ])?generated (?:file|source|class|module|header|script|document)\b/i,
  new RegExp(`^${HOW}generated\\b(?! by hand).{0,200}${NOT_BY_HAND}`, 'i'),
  /^(?:auto[- ]?|automatically |machine[- ])generated (?:by|from|with|using|file|code|on|at)\b/i,
  /^(?:auto[- ]?|automatically |machine[- ])generated\W*$/i,
  /^generated (?:by|from|with|using) (?!hand\b)\S/i,
  /^(?:\w+\W+)?(?:please )?(?:do not|don't) (?:edit|modify|change)(?: (?:this|the) (?:file|code|source)| it| by hand| manually| directly)*(?:\s*[.!:;,–—-]+\s*| as | because | since ).{0,80}\bgenerated\b/i,
];
const SOURCE_MAP = /^\/\/[#@] sourceMappingURL=|^\/\*[#@] sourceMappingURL=/m;

/** Lines of a comment that are read together, since a notice may go on behind a line end. */
const LINES_TOGETHER = 3;

/** Whether a generator wrote `text`, as a notice in its first lines or the name of a source map at its end says. */
export function isGenerated(text: string): boolean {
  if (SOURCE_MAP.test(text.slice(-HEADER_CHARACTERS))) return true;
  const words = commentLines(text.slice(0, HEADER_CHARACTERS).split('\n', HEADER_LINES));
  return words.some((line, i) => {
    if (line === undefined || line === '') return false;
    const together = words.slice(i, i + LINES_TOGETHER);
    const end = together.indexOf(undefined);
    const notice = together.slice(0, end === -1 ? LINES_TOGETHER : end).join(' ');
    return NOTICES.some((pattern) => pattern.test(notice));
  });
}

/** The words of each line that is a comment; undefined for the others. */
function commentLines(lines: readonly string[]): (string | undefined)[] {
  let end: string | undefined;
  return lines.map((line) => {
    const isInside = end !== undefined;
    const trimmed = line.trim();
    const from = isInside ? 0 : 1;
    if (end === undefined) end = BLOCK_COMMENTS.find(([begin]) => trimmed.startsWith(begin))?.[1];
    if (end !== undefined && trimmed.includes(end, from)) end = undefined;
    if (!isInside && !LINE_COMMENT.test(line)) return undefined;
    return wordsOf(line);
  });
}

/** A line of a comment without the signs around its words. */
function wordsOf(line: string): string {
  return line
    .replace(LINE_COMMENT, '')
    .replace(/^[\s*#/=!;%~_+-]+/, '')
    .replace(/[\s*#/=~_+-]*(?:\*\/|-->|"""|'''|\*\)|-\})?\s*$/, '')
    .trim();
}
