import { NOTHING } from './finding.ts';
import type { Expectation, Finding } from './finding.ts';
import { judgeValue } from './judge-value.ts';
import { followTable } from './tables.ts';
import { literalsIn } from '../string-literals.ts';
import { isRandom, isSecretLiteral, isSecretValue } from '../rules/values.ts';
import { wordsOf } from '../rules/names.ts';
import type { NameStrength } from '../rules/names.ts';
import type { TextKind } from '../text-kind.ts';

/** A block, list or literal of more lines has ended without its end being recognised. */
const MAX_LINES = 200;
/** Blank lines between a name and its value. */
const MAX_BLANKS = 3;
/** Lines between a name and the key `value`. */
const MAX_KEYED_LINES = 5;

const PAIR = /^\s*(?:-\s+)?(["']?)([\w.@/$-]+)\1\s{0,10}(?::(?=\s|$|["'])|=)\s{0,40}(.*)$/;
/** Keys among those of a credential that hold nothing secret themselves. */
const PUBLIC_KEY =
  /^(?:user|users|username|login|email|host|hostname|port|name|names|url|uri|type|kind|region|endpoint|scheme|path|file|files|description|title|version|enabled|scope|scopes|provider|method|driver|external|required|id|issuer|audience|realm|namespace|label|labels|color|family|size|strategy|algorithm|from|to|key|ref|env|property|default|expires|ttl)$/;

/** Columns of white space at the beginning of a line. */
export function indentOf(line: string): number {
  return /^\s*/.exec(line)![0].length;
}

/** What the next line holds, given what is expected of it. */
export function follow(expected: Expectation, line: string, kind: TextKind): Finding {
  const blank = line.trim() === '';
  switch (expected.form) {
    case 'value':
      if (blank)
        return expected.blanks < MAX_BLANKS
          ? { secret: false, next: { ...expected, blanks: expected.blanks + 1 } }
          : NOTHING;
      return followValue(expected, line, kind);
    case 'operator': {
      const operator = /^\s*(?:=>|:=|[:=])/.exec(line)?.[0];
      if (operator === undefined) return NOTHING;
      return judgeValue(line.slice(operator.length), { ...expected, kind, operator: ':' });
    }
    case 'keyed value':
      return followKeyedValue(expected, line);
    case 'block':
      if (!blank && indentOf(line) <= expected.indent) return NOTHING;
      return { secret: !blank, next: again(expected) };
    case 'folded':
      if (blank || indentOf(line) <= expected.indent || PAIR.test(line)) return NOTHING;
      return { secret: !expected.random || line.trim().split(/\s+/).some(isRandom), next: expected };
    case 'mapping':
      return blank ? { secret: false, next: again(expected) } : followMapping(expected, line);
    case 'list':
      if (!blank && indentOf(line) <= expected.indent) return NOTHING;
      return { secret: holdsListed(line, expected.random), next: again(expected) };
    case 'until':
      return followEnd(expected, line);
    case 'rows':
    case 'cells':
    case 'copied rows':
    case 'columns':
      return followTable(expected, line);
    case 'joined':
      return followJoined(line);
  }
}

/** The same for the next line, but not for ever. */
function again<E extends Expectation & { readonly lines: number }>(expected: E): E | undefined {
  return expected.lines < MAX_LINES ? { ...expected, lines: expected.lines + 1 } : undefined;
}

function followValue(expected: Expectation & { form: 'value' }, line: string, kind: TextKind): Finding {
  const { indent, strength } = expected;
  const deeper = indentOf(line) > indent;
  const listed = /^\s*-\s/.test(line) && indentOf(line) >= indent;
  if (kind !== 'code' && (listed || (deeper && PAIR.test(line))))
    return followMapping({ form: 'mapping', indent, strength, lines: 0 }, line);
  const text = withoutTags(line);
  const quoted = /^\s*[("'`[{+]|^\s*(?:u8|[LRFUurfbB]|rb|br|@|\$)["'`]/.test(text);
  if (!quoted && (kind === 'code' || !(deeper || text !== line))) return NOTHING;
  return judgeValue(text, { kind, indent, strength, operator: ':' });
}

/** The text of a line without the tags of elements around it. */
function withoutTags(line: string): string {
  return line
    .replace(/^\s*<[\w:]+[^<>]{0,200}>/, '')
    .replace(/<\/[\w:]+>\s*$/, '')
    .replace(/^\s*<!\[CDATA\[(.*?)(?:\]\]>)?\s*$/, '$1');
}

function followKeyedValue(expected: Expectation & { form: 'keyed value' }, line: string): Finding {
  const given = /^\W{0,40}(?:value|default)["']?\s{0,10}[:=>]\s{0,10}(.*)$/i.exec(line)?.[1];
  if (given === undefined) {
    return {
      secret: false,
      next: expected.lines < MAX_KEYED_LINES ? { ...expected, lines: expected.lines + 1 } : undefined,
    };
  }
  if (given.trim() === '')
    return { secret: false, next: { form: 'value', indent: indentOf(line), strength: 'strong', blanks: 0 } };
  return judgeValue(given, { kind: 'config', indent: indentOf(line), strength: 'strong', operator: ':' });
}

function followMapping(expected: Expectation & { form: 'mapping' }, line: string): Finding {
  const indent = indentOf(line);
  const listed = /^\s*-\s/.test(line);
  if (indent < expected.indent || (indent === expected.indent && !listed)) return NOTHING;
  const next = again(expected);
  const pair = PAIR.exec(line);
  if (pair === null) {
    const item = /^\s*(?:-\s+)?["']?(.*?)["']?,?\s*$/.exec(line)![1];
    return { secret: isSecret(item, expected.strength), next };
  }
  const [, , key, given] = pair;
  if (PUBLIC_KEY.test(wordsOf(key).at(-1) ?? '')) return { secret: false, next };
  const value = /^["'`]/.test(given) ? (literalsIn(given)[0] ?? given) : given.replace(/\s+#.*$|,\s*$/, '');
  const inner = /^(?:[|>][-+\d]{0,2})$/.test(value.trim())
    ? ({ form: 'block', indent, lines: 0 } as const)
    : undefined;
  return { secret: inner === undefined && isSecret(value, expected.strength), next: inner ?? next };
}

function isSecret(value: string, strength: NameStrength): boolean {
  if (/^[\[{(]/.test(value)) return literalsIn(value).some((literal) => isSecretLiteral(literal, strength));
  return /\s/.test(value.trim()) ? isSecretLiteral(value, strength) : isSecretValue(value.trim(), strength);
}

/** A literal alone on its line is an element; one with a key must look random. */
function holdsListed(line: string, random: boolean): boolean {
  const alone =
    !random && /^\s*(?:[\w.]+\s*\()?["'`]/.test(line) && !/^\s*(["'`])[^"'`]*\1\s*(?::|=>)/.test(line);
  return literalsIn(line).some((literal) => isRandom(literal) || (alone && isSecretLiteral(literal)));
}

function followEnd(expected: Expectation & { form: 'until' }, line: string): Finding {
  const { end } = expected;
  if (end === '') return { secret: true, next: line.endsWith('\\') ? again(expected) : undefined };
  if (/^\w/.test(end)) {
    const over = line.trim() === end;
    return { secret: !over, next: over ? undefined : again(expected) };
  }
  return { secret: true, next: line.includes(end) ? undefined : again(expected) };
}

function followJoined(line: string): Finding {
  const literal = /^\s*(?:[+&.]|\.\.)?\s*(?:u8|[LRFUurfbB]|rb|br|@|\$)?["'`]/.test(line);
  const paired = /^\s*(["'`])[^"'`]*\1\s*(?::|=>)/.test(line);
  return literal && !paired ? { secret: true, next: { form: 'joined' } } : NOTHING;
}
