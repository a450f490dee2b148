import { indentOf } from './continued-values.ts';
import { NOTHING } from './finding.ts';
import type { Expectation, Finding } from './finding.ts';
import { isInComment, isMixed, judgeValue } from './judge-value.ts';
import { credentialNames } from '../rules/names.ts';
import type { CredentialName } from '../rules/names.ts';
import { isRandom, isSecretLiteral, isSecretValue } from '../rules/values.ts';
import { literalsIn } from '../string-literals.ts';
import type { TextKind } from '../text-kind.ts';

/** Characters of a line that are looked at before a name, for the value given to it, and for values nearby. */
const REACH_BEFORE = 120;
const REACH = 500;
const REACH_NEARBY = 250;

/** What stands between a name and its value: brackets, a type, and one of the operators of assignment. */
const OPERATOR =
  /^["'`]?\s{0,20}(?:\]|\[[^\]]{0,20}\]|\{\s?get;[^{}]{0,40}\}|\sAs\s\w{1,20}(?=\s*=))?\s{0,20}[?!]?(?:\s{0,20}:\s{0,20}[&'\w][\w&'.<>[\]| ]{0,40}?(?=\s*:?=[^=>]))?\s{0,40}(:=|=>|={2,3}|!={1,2}|(?:\+|\?|\|\||\?\?)?=|:(?!:)|：|<-)/;

/** Commands and languages that put a space between the two. */
const SPACED_BEFORE =
  /#\s*define\s+$|^\s*(?:env|arg|set|setenv|setx|export)\s+(?:-\w+\s+){0,3}$|\((?:def\w*|setq?|setf|let)\s*\(?\s*(?:my-)?$|[{\s]:$|(?:^|\s)--?$/i;
/** Between a name and its value in AppleScript, assembly, COBOL, Fortran and ABAP. */
const WORDS_BETWEEN =
  /^["'`]?\s{1,20}(?:to|(?:pic|picture)\s+\S{1,20}\s+value|(?:\w{1,20}\s+){0,3}value)\s+(?=["'])|^:\s*\.(?:asciz|ascii|string|db)\s+(?=["'])/i;

/** A call that stores what comes next under this name. */
const STORES =
  /(?:\b(?:define|flags?\.\w+|putenv|setenv|set\w*|put|add|append|header|setheader|env|setproperty|with\w*)\s*\((?:["'`][\w.-]{1,40}["'`],\s*)?|\b(?:buildConfigField|resValue)\b[^\n]{0,40},)\s*["'`]$/i;
const STORING_WORDS = new Set(['set', 'with', 'use', 'add']);

/** The value is looked up first, and what follows is the fallback. */
const LOOKED_UP =
  /\bdefault(?:_?value)?\s?[=:]|(?:\|\||\?\?|\bor)\s*["'`]|\benv\b|getenv|environ|\bENV\b|getProperty|process\.|argv/;

/** The name is itself the value of a key, and its own value is under `value`, as in lists of settings. */
const KEYED_BEFORE =
  /(?:name|key|id|variable|property|header)["']?\s{0,10}[:=]\s{0,10}["']?(?:[\w.-]{0,40}\/){0,8}(?:[\w.]{0,40}\.)?$|^\s*variable\s+"$/i;
const VALUE_BEFORE = /\bvalue["']?\s{0,10}[:=]\s{0,10}["']([^"'\n]{1,100})["']\s{0,10},?\s/i;
const VALUE_KEY = /\bvalue["']?\s{0,10}[:=]\s{0,10}/i;

/**
 * Values that a line gives to names of credentials. Pure, and linear in the line.
 * @param speaksToUsers the text is one of an interface, where values of several plain words are no credentials.
 */
export function findPairs(line: string, kind: TextKind, speaksToUsers: boolean): Finding {
  let secret = false;
  let next: Expectation | undefined;
  let valueBefore = false;
  for (const name of credentialNames(line)) {
    const isLess = speaksToUsers && name.strength === 'strong';
    const found = findValue(line, isLess ? { ...name, strength: 'weak' } : name, kind);
    secret ||= found.secret;
    valueBefore ||= found.valueBefore ?? false;
    next = found.next ?? next;
    if (secret && next !== undefined) break;
  }
  return { secret, next, valueBefore };
}

/** The value of one name. */
function findValue(line: string, name: CredentialName, kind: TextKind): Finding {
  const before = line.slice(Math.max(0, name.start - REACH_BEFORE), name.start);
  const rest = line.slice(name.end, name.end + REACH);
  const indent = indentOf(line);
  const isDescriptive = name.strength === 'descriptive';
  if (KEYED_BEFORE.test(before)) return keyedValue(name, before, rest, indent);
  if (kind !== 'code') {
    const element = elementValue(name, before, rest, indent);
    if (element !== undefined) return element;
  }

  const found = directValue(line, name, before, rest, kind);
  if (isDescriptive && found.next !== undefined) return NOTHING;
  if (found.secret || found.next !== undefined) return found;

  const near = rest.slice(0, REACH_NEARBY).replace(/^["'`]/, '');
  if (kind !== 'code' && near.split(/\s/).some((word) => isRandom(word.replace(/[.,;:!?]$/, ''))))
    return { secret: true };
  const isLookedUp = !isDescriptive && LOOKED_UP.test(before + near);
  const secret = literalsIn(near).some(
    (literal) => isRandom(literal) || (isLookedUp && isSecretLiteral(literal, name.strength)),
  );
  return { secret };
}

/** A value that follows its name at once. */
function directValue(
  line: string,
  name: CredentialName,
  before: string,
  rest: string,
  kind: TextKind,
): Finding {
  const { strength, words } = name;
  const context = { kind, indent: indentOf(line), before, name, strength };
  const between = WORDS_BETWEEN.exec(rest);
  if (between !== null) return judgeValue(rest.slice(between[0].length), { ...context, operator: ' ' });
  const match = OPERATOR.exec(rest.slice(0, REACH_NEARBY));
  if (match !== null) {
    const value = rest.slice(match[0].length);
    const isCompared = /^[=!]=/.test(match[1]);
    if (isCompared && /pass(?:w|\b)|pwd|secret/.test(words.join(' ')))
      return {
        secret: literalsIn(value)
          .slice(0, 1)
          .some((literal) => isSecretLiteral(literal, strength)),
      };
    if (isCompared || strength === 'descriptive')
      return { secret: literalsIn(value).slice(0, 1).some(isRandom) };
    return judgeValue(value, { ...context, operator: match[1] });
  }
  const comma = /^["'`]\s{0,20},/.exec(rest);
  if (comma !== null && (STORES.test(before) || line.startsWith('-', name.start)))
    return judgeValue(rest.slice(comma[0].length), { ...context, operator: ',' });
  const call = /^\s{0,4}[({]/.exec(rest);
  if (call !== null && (words.length === 1 || words.some((word) => STORING_WORDS.has(word))))
    return calledValue(rest, call[0], context.indent, name);
  const spaced = /^["'`]?\s{1,40}/.exec(rest);
  if (spaced !== null && (SPACED_BEFORE.test(before) || line.startsWith('-', name.start)))
    return judgeValue(rest.slice(spaced[0].length), { ...context, operator: ' ' });
  if (/^\s{1,20}["']/.test(rest) && (kind !== 'code' || /passw|authorization/i.test(words.join(' '))))
    return {
      secret: literalsIn(rest)
        .slice(0, 1)
        .some((literal) => isSecretLiteral(literal, strength)),
    };
  const stated = /^["'`]?\s{1,20}(?:is|was|will be|lautet|est|es|è):?\s{1,20}["'`]?([^\s"'`,;]{1,200})/.exec(
    rest,
  );
  if (stated !== null && (kind !== 'code' || isInComment(before))) return { secret: isMixed(stated[1]) };
  const isLast = /^["'`]?\s*$/.test(rest) && (kind === 'config' || /^["'`]/.test(rest));
  return isLast ? { secret: false, next: { form: 'operator', indent: context.indent, strength } } : NOTHING;
}

/** `.password("…")`, `Secret { … }`. */
function calledValue(rest: string, opening: string, indent: number, { strength }: CredentialName): Finding {
  if (/^[({]$/.test(rest.trim()) && rest.includes('('))
    return { secret: false, next: { form: 'value', indent, strength, blanks: 0 } };
  const literal = /^\s*["'`]/.test(rest.slice(opening.length)) ? literalsIn(rest)[0] : undefined;
  return { secret: literal !== undefined && isSecretLiteral(literal, strength) };
}

/** `name: PASSWORD`, with `value: …` on the same line or another; `<entry key="password">…</entry>`. */
function keyedValue({ strength }: CredentialName, before: string, rest: string, indent: number): Finding {
  const earlier = VALUE_BEFORE.exec(before)?.[1];
  if (earlier !== undefined && isSecretLiteral(earlier, strength)) return { secret: true };
  const value = VALUE_KEY.exec(rest);
  if (value !== null) {
    const given = rest.slice(value.index + value[0].length);
    const literal = /^["'`]/.test(given) ? literalsIn(given)[0] : undefined;
    const bare = /^[^\s,;}]*/.exec(given)![0];
    return {
      secret: literal === undefined ? isSecretValue(bare, strength) : isSecretLiteral(literal, strength),
    };
  }
  const text = /^["'][^<>]{0,200}>\s{0,20}(?:<\w{1,40}>)?([^<>]*)/.exec(rest)?.[1].trim();
  if (text !== undefined && text !== '') return { secret: isSecretLiteral(text, strength) };
  if (strength === 'descriptive') return NOTHING;
  return { secret: false, next: { form: 'keyed value', indent, lines: 0 }, valueBefore: true };
}

/** `<password>…</password>`, and `<key>Password</key><string>…</string>` of property lists. */
function elementValue(
  { strength }: CredentialName,
  before: string,
  rest: string,
  indent: number,
): Finding | undefined {
  const opened = /<(?:\w{1,40}:)?$/.test(before)
    ? /^[^<>]{0,200}>(?:\s{0,20}<\w{1,40}>)?/.exec(rest)
    : /^\s*<\/key>\s*(?:<\w+>)?/.exec(rest);
  if (opened === null) return undefined;
  const inner = rest.slice(opened[0].length);
  if (/^\s*<!\[CDATA\[\s*$/.test(inner))
    return { secret: false, next: { form: 'until', end: ']]>', lines: 0 } };
  const text = (/^\s*<!\[CDATA\[([^\]]*)/.exec(inner)?.[1] ?? /^[^<>]*/.exec(inner)![0]).trim();
  if (text === '') return { secret: false, next: { form: 'value', indent, strength, blanks: 0 } };
  return { secret: /\s/.test(text) ? isSecretLiteral(text, strength) : isSecretValue(text, strength) };
}
