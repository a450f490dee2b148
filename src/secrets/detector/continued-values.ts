import { NOTHING } from './finding.ts';
import type { Expectation, Finding } from './finding.ts';
import { judgeValue, literalsIn } from './literals.ts';
import { isRandom, isSecretLiteral, isSecretValue } from '../rules/values.ts';
import { wordsOf } from '../rules/names.ts';
import type { TextKind } from '../text-kind.ts';

const MOST_LINES = 200;
const MOST_BLANKS = 3;
const KEYED_LINES = 5;

const PAIR = /^\s*(?:-\s+)?(["']?)([\w.@/$-]+)\1\s{0,10}(?::(?=\s|$|["'])|=)\s{0,40}(.*)$/;
/** Keys beside credentials that hold none. */
const PUBLIC_KEY =
  /^(?:user|users|username|login|email|host|hostname|port|name|names|url|uri|type|kind|region|endpoint|scheme|path|file|files|description|title|version|enabled|scope|scopes|provider|method|driver|external|required|id|issuer|audience|realm|namespace|label|labels|color|family|size|strategy|algorithm|from|to|key|ref|env|property|default|expires|ttl)$/;

/** Columns of white space at the beginning. */
export function indentOf(line: string): number {
  return /^\s*/.exec(line)![0].length;
}

/** Holds an expectation against the next line. */
export function meet(expected: Expectation, line: string, kind: TextKind): Finding {
  const blank = line.trim() === '';
  switch (expected.form) {
    case 'value':
      if (blank)
        return expected.blanks < MOST_BLANKS
          ? { secret: false, next: { ...expected, blanks: expected.blanks + 1 } }
          : NOTHING;
      return meetValue(expected.indent, line, kind);
    case 'operator': {
      const operator = /^\s*(?:=>|:=|[:=])/.exec(line)?.[0];
      if (operator === undefined) return NOTHING;
      return judgeValue(line.slice(operator.length), { kind, indent: expected.indent, operator: ':' });
    }
    case 'keyed value':
      return meetKeyedValue(expected, line);
    case 'block':
      if (!blank && indentOf(line) <= expected.indent) return NOTHING;
      return { secret: !blank, next: again(expected) };
    case 'folded':
      if (blank || indentOf(line) <= expected.indent || PAIR.test(line)) return NOTHING;
      return { secret: true, next: expected };
    case 'mapping':
      return blank ? { secret: false, next: again(expected) } : meetMapping(expected, line);
    case 'list':
      if (!blank && indentOf(line) <= expected.indent) return NOTHING;
      return { secret: holdsListed(line, expected.random), next: again(expected) };
    case 'until':
      return meetEnd(expected, line);
    case 'rows':
      return /^\s*[|:(,]/.test(line) ? { secret: true, next: expected } : NOTHING;
    case 'joined':
      return meetJoined(line);
  }
}

/** The same for the next line, but not for ever. */
function again<E extends Expectation & { readonly lines: number }>(expected: E): E | undefined {
  return expected.lines < MOST_LINES ? { ...expected, lines: expected.lines + 1 } : undefined;
}

function meetValue(indent: number, line: string, kind: TextKind): Finding {
  const deeper = indentOf(line) > indent;
  const listed = /^\s*-\s/.test(line) && indentOf(line) >= indent;
  if (kind !== 'code' && (listed || (deeper && PAIR.test(line))))
    return meetMapping({ form: 'mapping', indent, lines: 0 }, line);
  const text = line.replace(/^\s*<[\w:]+[^<>]{0,200}>/, '').replace(/<\/[\w:]+>\s*$/, '');
  const quoted = /^\s*[("'`[{+]|^\s*(?:u8|[LRFUurfbB]|rb|br|@|\$)["'`]/.test(text);
  if (!quoted && (kind === 'code' || !(deeper || text !== line))) return NOTHING;
  return judgeValue(text, { kind, indent, operator: ':' });
}

function meetKeyedValue(expected: Expectation & { form: 'keyed value' }, line: string): Finding {
  const given = /^\W{0,40}(?:value|default)["']?\s{0,10}[:=>]\s{0,10}(.*)$/i.exec(line)?.[1];
  if (given === undefined) {
    return {
      secret: false,
      next: expected.lines < KEYED_LINES ? { ...expected, lines: expected.lines + 1 } : undefined,
    };
  }
  if (given.trim() === '')
    return { secret: false, next: { form: 'value', indent: indentOf(line), blanks: 0 } };
  return judgeValue(given, { kind: 'config', indent: indentOf(line), operator: ':' });
}

function meetMapping(expected: Expectation & { form: 'mapping' }, line: string): Finding {
  const indent = indentOf(line);
  const listed = /^\s*-\s/.test(line);
  if (indent < expected.indent || (indent === expected.indent && !listed)) return NOTHING;
  const next = again(expected);
  const pair = PAIR.exec(line);
  if (pair === null) {
    const item = /^\s*(?:-\s+)?["']?(.*?)["']?,?\s*$/.exec(line)![1];
    return { secret: isSecret(item), next };
  }
  const [, , key, given] = pair;
  if (PUBLIC_KEY.test(wordsOf(key).at(-1) ?? '')) return { secret: false, next };
  const value = /^["'`]/.test(given) ? (literalsIn(given)[0] ?? given) : given.replace(/\s+#.*$|,\s*$/, '');
  const inner = /^(?:[|>][-+\d]{0,2})$/.test(value.trim())
    ? ({ form: 'block', indent, lines: 0 } as const)
    : undefined;
  return { secret: inner === undefined && isSecret(value), next: inner ?? next };
}

function isSecret(value: string): boolean {
  if (/^[\[{(]/.test(value)) return literalsIn(value).some((literal) => isSecretLiteral(literal));
  return /\s/.test(value.trim()) ? isSecretLiteral(value) : isSecretValue(value.trim());
}

/** A literal alone on its line is an element; beside a key it must look random. */
function holdsListed(line: string, random: boolean): boolean {
  const alone =
    !random && /^\s*(?:[\w.]+\s*\()?["'`]/.test(line) && !/^\s*(["'`])[^"'`]*\1\s*(?::|=>)/.test(line);
  return literalsIn(line).some((literal) => isRandom(literal) || (alone && isSecretLiteral(literal)));
}

function meetEnd(expected: Expectation & { form: 'until' }, line: string): Finding {
  const { end } = expected;
  if (end === '') return { secret: true, next: line.endsWith('\\') ? again(expected) : undefined };
  if (/^\w/.test(end)) {
    const over = line.trim() === end;
    return { secret: !over, next: over ? undefined : again(expected) };
  }
  return { secret: true, next: line.includes(end) ? undefined : again(expected) };
}

function meetJoined(line: string): Finding {
  const literal = /^\s*(?:[+&.]|\.\.)?\s*(?:u8|[LRFUurfbB]|rb|br|@|\$)?["'`]/.test(line);
  const paired = /^\s*(["'`])[^"'`]*\1\s*(?::|=>)/.test(line);
  return literal && !paired ? { secret: true, next: { form: 'joined' } } : NOTHING;
}
