import { passesCredential } from './calls.ts';
import { givesCredential, insertedRows } from '../rules/commands.ts';
import { hasKnownCredential } from '../rules/token-formats.ts';
import type { CredentialName } from '../rules/names.ts';
import { credentialNames } from '../rules/names.ts';
import type { Expectation, Finding } from './finding.ts';
import { indentOf, meet } from './continued-values.ts';
import { isInComment, isMixed, judgeValue, literalsIn } from './literals.ts';
import { isRandom, isSecretLiteral, isSecretValue } from '../rules/values.ts';
import { hasRandomString } from '../random-strings.ts';
import type { TextKind } from '../text-kind.ts';

/** So much of a line is looked at before a name, for the value given to it, and for values nearby. */
const REACH_BEFORE = 120;
const REACH = 500;
const REACH_NEARBY = 250;

/** What stands between a name and its value: brackets, a type, and one of the operators of assignment. */
const OPERATOR =
  /^["'`]?\s{0,20}(?:\]|\[[^\]]{0,20}\]|\{\s?get;[^{}]{0,40}\}|\sAs\s\w{1,20}(?=\s*=))?\s{0,20}[?!]?(?:\s{0,20}:\s{0,20}[&'\w][\w&'.<>[\]| ]{0,40}?(?=\s*=[^=>]))?\s{0,40}(:=|=>|={2,3}|!={1,2}|(?:\+|\?|\|\||\?\?)?=|:(?!:)|：|<-)/;

/** Commands and languages that put a space between the two. */
const SPACED_BEFORE =
  /#\s*define\s+$|^\s*(?:env|arg|set|setenv|setx|export)\s+(?:-\w+\s+){0,3}$|\(def\w*\s+$|(?:^|\s)--?$/i;

/** A call that stores what comes next under this name. */
const STORES =
  /(?:\b(?:define|flags?\.\w+|putenv|setenv|set|put|add|append|header|setheader|env|setproperty|with\w*)\s*\(|\b(?:buildConfigField|resValue)\b[^\n]{0,40},)\s*["'`]$/i;
const STORING_WORDS = new Set(['set', 'with', 'use', 'add']);

/** Where the value is looked up first and what follows is the fallback. */
const LOOKED_UP =
  /\bdefault(?:_?value)?\s?[=:]|(?:\|\||\?\?|\bor)\s*["'`]|\benv\b|getenv|environ|\bENV\b|getProperty|process\.|argv/;

/** The name is itself the value of a key, and its own value is under `value`, as in lists of settings. */
const KEYED_BEFORE =
  /(?:name|key|id|variable|property|header)["']?\s{0,10}[:=]\s{0,10}["']?(?:[\w.-]{0,40}\/){0,8}$|^\s*variable\s+"$/i;
const VALUE_BEFORE = /\bvalue["']?\s{0,10}[:=]\s{0,10}["']([^"'\n]{1,100})["']\s{0,10},/i;
const VALUE_KEY = /\bvalue["']?\s{0,10}[:=]\s{0,10}/i;

/** Reads the lines of one text in order and says which hold credentials, or parts of them. */
export class CredentialLines {
  private readonly kind: TextKind;
  private expectation: Expectation | undefined;
  private isTableHeader = false;

  constructor(kind: TextKind) {
    this.kind = kind;
  }

  /** Whether the next line must be looked at whatever it holds: a credential may go on there. */
  get isWaiting(): boolean {
    return this.expectation !== undefined || this.isTableHeader;
  }

  /** Whether the next line of the text holds a credential or a part of one. */
  holdsCredential(written: string): boolean {
    const line = this.kind === 'prose' ? withoutMarkup(written) : written;
    const continued = this.expectation === undefined ? NOTHING : meet(this.expectation, line, this.kind);
    const own = this.assignments(line);
    const header = this.isTableHeader;
    this.isTableHeader = this.kind === 'prose' && isTableHeader(written);
    const rows = insertedRows(line) !== undefined || (header && TABLE_RULE.test(written));
    this.expectation = rows ? { form: 'rows' } : strongerOf(own.next, continued.next);
    if (insertedRows(line)?.includes("'") || (line.includes('\\"') && this.escaped(line))) return true;
    return continued.secret || own.secret || this.hasForm(line);
  }

  private hasForm(line: string): boolean {
    return (
      hasKnownCredential(line) || givesCredential(line) || passesCredential(line) || hasRandomString(line)
    );
  }

  private assignments(line: string): Finding {
    let secret = false;
    let next: Expectation | undefined;
    for (const name of credentialNames(line)) {
      const found = this.assignment(line, name);
      secret ||= found.secret;
      next = found.next ?? next;
      if (secret && next !== undefined) break;
    }
    return { secret, next };
  }

  /** Text in a literal has literals of its own: `"{\"password\": \"…\"}"`. */
  private escaped(line: string): boolean {
    const inner = line.replaceAll('\\"', "'");
    return this.assignments(inner).secret || passesCredential(inner);
  }

  private assignment(line: string, name: CredentialName): Finding {
    const before = line.slice(Math.max(0, name.start - REACH_BEFORE), name.start);
    const rest = line.slice(name.end, name.end + REACH);
    const indent = indentOf(line);
    if (KEYED_BEFORE.test(before)) return this.keyed(before, rest, indent);
    if (this.kind !== 'code') {
      const element = this.element(before, rest, indent);
      if (element !== undefined) return element;
    }

    const found = this.direct(line, name, before, rest);
    if (name.descriptive && found.next !== undefined) return { secret: false };
    if (found.secret || found.next !== undefined) return found;

    const near = rest.slice(0, REACH_NEARBY).replace(/^["'`]/, '');
    if (this.kind !== 'code' && near.split(/\s/).some((word) => isRandom(word.replace(/[.,;:!?]$/, ''))))
      return { secret: true };
    const looksUp = !name.descriptive && LOOKED_UP.test(before + near);
    const nearby = literalsIn(near).some(
      (literal) => isRandom(literal) || (looksUp && isSecretLiteral(literal)),
    );
    return { secret: nearby };
  }

  /** A value that follows its name at once. */
  private direct(line: string, name: CredentialName, before: string, rest: string): Finding {
    const match = OPERATOR.exec(rest.slice(0, REACH_NEARBY));
    const context = { kind: this.kind, indent: indentOf(line), before, name };
    if (match !== null) {
      const value = rest.slice(match[0].length);
      const compared = /^[=!]=/.test(match[1]);
      if (compared && /pass(?:w|\b)|pwd|secret/.test(name.words.join(' ')))
        return { secret: literalsIn(value).slice(0, 1).some(isSecretLiteral) };
      if (compared || name.descriptive) return { secret: literalsIn(value).slice(0, 1).some(isRandom) };
      return judgeValue(value, { ...context, operator: match[1] });
    }
    const comma = /^["'`]\s{0,20},/.exec(rest);
    if (comma !== null && (STORES.test(before) || line.startsWith('-', name.start))) {
      return judgeValue(rest.slice(comma[0].length), { ...context, operator: ',' });
    }
    const call = /^\s{0,4}[({]/.exec(rest);
    if (call !== null && (name.words.length === 1 || name.words.some((word) => STORING_WORDS.has(word)))) {
      const literal = /^\s*["'`]/.test(rest.slice(call[0].length)) ? literalsIn(rest)[0] : undefined;
      if (/^[({]$/.test(rest.trim()) && rest.includes('('))
        return { secret: false, next: { form: 'value', indent: context.indent, blanks: 0 } };
      return { secret: literal !== undefined && isSecretLiteral(literal) };
    }
    const spaced = /^["'`]?\s{1,40}/.exec(rest);
    if (spaced !== null && (SPACED_BEFORE.test(before) || line.startsWith('-', name.start))) {
      return judgeValue(rest.slice(spaced[0].length), { ...context, operator: ' ' });
    }
    if (
      /^\s{1,20}["']/.test(rest) &&
      (this.kind !== 'code' || /passw|authorization/i.test(name.words.join(' ')))
    ) {
      return { secret: literalsIn(rest).slice(0, 1).some(isSecretLiteral) };
    }
    const told = /^["'`]?\s{1,20}is:?\s{1,20}["'`]?([^\s"'`,;]{1,200})/.exec(rest);
    if (told !== null && (this.kind !== 'code' || isInComment(before))) return { secret: isMixed(told[1]) };
    const nothingAfter = /^["'`]?\s*$/.test(rest) && (this.kind === 'config' || /^["'`]/.test(rest));
    if (nothingAfter) return { secret: false, next: { form: 'operator', indent: context.indent } };
    return { secret: false };
  }

  /** `name: PASSWORD`, with `value: …` beside or below it; `<entry key="password">…</entry>`. */
  private keyed(before: string, rest: string, indent: number): Finding {
    const earlier = VALUE_BEFORE.exec(before)?.[1];
    if (earlier !== undefined && isSecretLiteral(earlier)) return { secret: true };
    const value = VALUE_KEY.exec(rest);
    if (value !== null) {
      const given = rest.slice(value.index + value[0].length);
      const literal = /^["'`]/.test(given) ? literalsIn(given)[0] : undefined;
      return {
        secret:
          literal === undefined ? isSecretValue(/^[^\s,;}]*/.exec(given)![0]) : isSecretLiteral(literal),
      };
    }
    const text = /^["'][^<>]{0,200}>\s{0,20}(?:<\w{1,40}>)?([^<>]*)/.exec(rest)?.[1].trim();
    if (text !== undefined && text !== '') return { secret: isSecretLiteral(text) };
    return { secret: false, next: { form: 'keyed value', indent, lines: 0 } };
  }

  /** `<password>…</password>`, and `<key>Password</key><string>…</string>` of property lists. */
  private element(before: string, rest: string, indent: number): Finding | undefined {
    const opened = /<(?:\w{1,40}:)?$/.test(before)
      ? /^[^<>]{0,200}>(?:\s{0,20}<\w{1,40}>)?/.exec(rest)
      : /^\s*<\/key>\s*(?:<\w+>)?/.exec(rest);
    if (opened === null) return undefined;
    const text = /^[^<>]*/.exec(rest.slice(opened[0].length))![0].trim();
    if (text === '') return { secret: false, next: { form: 'value', indent, blanks: 0 } };
    return { secret: /\s/.test(text) ? isSecretLiteral(text) : isSecretValue(text) };
  }
}

/** What a line gave itself counts first, unless it is no more than a name at its end. */
function strongerOf(
  own: Expectation | undefined,
  continued: Expectation | undefined,
): Expectation | undefined {
  return own === undefined || own.form === 'operator' ? (continued ?? own) : own;
}

const TABLE_RULE = /^\s*\|?[\s:|-]*-[\s:|-]*$/;

/** Whether a row has a cell that is nothing but a name of credentials. */
function isTableHeader(row: string): boolean {
  if (!row.includes('|')) return false;
  return row.split('|').some((cell) => {
    const text = cell.trim();
    const [name] = credentialNames(text);
    return name !== undefined && !name.descriptive && name.start === 0 && name.end === text.length;
  });
}

/** Emphasis and table columns of Markdown stand between a name and its value. */
function withoutMarkup(line: string): string {
  return line.replaceAll(/\*|(?<!`)`(?!`)/g, '').replaceAll('|', ':');
}

const NOTHING: Finding = { secret: false };
