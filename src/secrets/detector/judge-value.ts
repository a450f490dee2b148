import type { CredentialName, NameStrength } from '../rules/names.ts';
import { literalsIn } from '../string-literals.ts';
import type { Finding } from './finding.ts';
import { isRandom, isSecretLiteral, isSecretValue } from '../rules/values.ts';
import type { TextKind } from '../text-kind.ts';

/** What surrounds a value. */
export interface ValueContext {
  readonly kind: TextKind;
  /** Columns of white space that the line begins with. */
  readonly indent: number;
  /** The operator between name and value. */
  readonly operator: string;
  /** The line up to the name, and the name; undefined where the value stands on a line of its own. */
  readonly before?: string;
  readonly name?: CredentialName;
  /** Of the name. */
  readonly strength: NameStrength;
}

/** Of a value of several words so much is looked at. */
const MAX_PHRASE = 120;
/** A longer one is cut, so its end says nothing. */
const MAX_LITERAL = 400;

/** Whatever may stand before a quote without changing what it is: brackets, prefixes, constructors. */
const WRAPPERS =
  /^(?:\s|\[\]byte\s?\(|[([{&@*]|await\s|new\s+[\w.:]{1,60}\s?\(|(?:String(?:::from)?|Some|Buffer\.from|bytes|str|SecureString|Secret\w{0,10}|std::string|TEXT|_T|CFSTR|QStringLiteral|QLatin1String|(?:\w{1,30}\.){1,4}GetBytes)\s?\(|(?:u8|[LRFUurfbB]|rb|br|r#{1,4}|\$)(?=["'`]))*/;

/** Anchors and tags of YAML. */
const YAML_TAGS = /^(?:[&!][\w!:.-]{1,60}\s+){1,3}/;
/** A block of YAML, as `|` and `>-`. */
const BLOCK = /^[|>][-+\d]{0,2}\s*(?:#.*)?$/;
const HEREDOC = /<<[-~]?\s*["'\\]?([A-Za-z_]\w*)/;
const SHELL_DEFAULT = /\$\{\w+:?[-=]([^}]*)\}/;
/** `$(echo value)` of shells. */
const PRINTED = /^(?:\$\(|`)\s*(?:echo|printf)\s+(?:-\w\s+)?["']?([^\s$"'`)]{4,})/;
const LUA_LONG = /^\[\[([^\]\n]+)\]\]/;
const COMMENT_ONLY = /^(?:(?:#|\/\/|--|;).*|\/\*.*\*\/)?$/;
/** What joins a literal with the one on the next line. */
const JOINED = /^\s*[)\]},;]*\s*(?:[+&\\.]|\.\.)?\s*(?:(?:\/\/|#).*)?$/;

/** Judges what is given to a credential's name; `rest` is the line after the operator. */
export function judgeValue(rest: string, context: ValueContext): Finding {
  const value = context.kind === 'code' ? rest.trim() : rest.trim().replace(YAML_TAGS, '');
  const { indent, strength } = context;
  if (value === '\\' && context.kind === 'config')
    return { secret: false, next: { form: 'until', end: '', lines: 0 } };
  if (COMMENT_ONLY.test(value) || value === '\\')
    return { secret: false, next: { form: 'value', indent, strength, blanks: 0 } };
  if (context.kind !== 'code' && BLOCK.test(value))
    return { secret: false, next: { form: 'block', indent, lines: 0 } };
  const heredoc = HEREDOC.exec(value);
  if (heredoc !== null) return { secret: false, next: { form: 'until', end: heredoc[1], lines: 0 } };
  const printed = PRINTED.exec(value)?.[1];
  if (printed !== undefined) return { secret: isSecretValue(printed, strength) };
  const long = LUA_LONG.exec(value)?.[1];
  if (long !== undefined && context.kind === 'code') return { secret: isSecretLiteral(long, strength) };
  const fallback = SHELL_DEFAULT.exec(value);
  if (fallback !== null) return { secret: isSecretValue(fallback[1], strength) };
  if (/^(?:\{\{|\$\{|\$\(|<%|\?)/.test(value)) return { secret: false };

  const wrapper = wrapperOf(value);
  const inner = value.slice(wrapper.length);
  if (inner === '' || COMMENT_ONLY.test(inner)) return { secret: false, next: opened(wrapper, context) };
  if (/^["'`]/.test(inner)) return judgeLiterals(inner, wrapper, context);
  return judgeBare(inner, context);
}

function wrapperOf(value: string): string {
  return WRAPPERS.exec(value.slice(0, 200))?.[0] ?? '';
}

function opened(wrapper: string, { indent, kind, name, strength }: ValueContext): Finding['next'] {
  if (!/[[{]/.test(wrapper)) return { form: 'value', indent, strength, blanks: 0 };
  const random = strength !== 'strong' || (name?.words.some((word) => /^tokens?$/.test(word)) ?? false);
  return kind === 'code'
    ? { form: 'list', indent, lines: 0, random }
    : { form: 'mapping', indent, strength, lines: 0 };
}

function judgeLiterals(inner: string, wrapper: string, context: ValueContext): Finding {
  const quote = /^("""|'''|["'`])/.exec(inner)![1];
  const end = endOfLiteral(inner, quote);
  if (end === undefined) {
    const content = inner.slice(quote.length).replace(/\\$/, '');
    const goesOn = quote.length === 3 || quote === '`' || context.kind === 'config' || inner.endsWith('\\');
    if (inner.length > MAX_LITERAL) return { secret: isSecretLiteral(content, context.strength) };
    if (!goesOn) return { secret: isRandom(content) };
    return {
      secret: isSecretLiteral(content, context.strength),
      next: { form: 'until', end: quote, lines: 0 },
    };
  }
  const content = inner.slice(quote.length, end - quote.length);
  const after = inner.slice(end);
  const short = context.kind === 'config' && !/\s/.test(content) && isSecretValue(content, context.strength);
  const others = /[[{(]/.test(wrapper) || /,\s*$/.test(context.before ?? '') ? literalsIn(after) : [];
  const secret =
    short ||
    isPin(content, context) ||
    isSecretLiteral(content, context.strength) ||
    others.some((other) => isSecretLiteral(other, context.strength));
  const joined = JOINED.test(after) && (secret || /[+&\\.]\s*$/.test(after));
  return joined ? { secret, next: { form: 'joined' } } : { secret };
}

/** Just after the closing quote, or undefined where there is none. */
function endOfLiteral(text: string, quote: string): number | undefined {
  for (let i = quote.length; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text.startsWith(quote, i)) return i + quote.length;
  }
  return undefined;
}

/** Values without quotes: identifiers in code, credentials nearly everywhere else. */
function judgeBare(inner: string, context: ValueContext): Finding {
  const word = /^[^\s,;&}\]"'`<>)(]*/.exec(inner)![0];
  const after = inner.slice(word.length);
  if (after.startsWith('(')) {
    const opens = context.kind !== 'code' && /[{[]$/.test(after);
    return {
      secret: false,
      next: opens
        ? { form: 'mapping', indent: context.indent, strength: context.strength, lines: 0 }
        : undefined,
    };
  }
  if (context.kind === 'config') return judgeConfigured(inner, word, after, context);
  const { before = '', name } = context;
  const trimmed = word.replace(/[.:!?]+$/, '');
  if (context.kind === 'code') {
    if (/#\s*define\s+$/.test(before)) return { secret: isRandom(trimmed) };
    if (isInComment(before))
      return { secret: isRandom(trimmed) || (isTight(inner, context) && isMixed(trimmed)) };
    return {
      secret:
        isInString(before) &&
        isTight(inner, context) &&
        trimmed.length >= 6 &&
        isSecretValue(trimmed, context.strength),
    };
  }
  const last =
    after.trim() === '' &&
    name !== undefined &&
    !/token|key|auth|bearer|jwt|secret|cred|salt/.test(name.words.join(' '));
  return {
    secret:
      isMixed(trimmed) || (isSecretValue(trimmed, context.strength) && (last || isTight(inner, context))),
  };
}

/** A bare value in a configuration: one word, or the rest of the line. */
function judgeConfigured(inner: string, word: string, after: string, context: ValueContext): Finding {
  const { strength, indent } = context;
  const whole = inner
    .slice(0, MAX_PHRASE)
    .replace(/\s+[#;].*$/, '')
    .trim();
  const isPhrase = /^[^\s"'`<>(){}[\]:]+(?: [^\s"'`<>(){}[\]:]+)+$/.test(whole);
  // After a colon the value is the whole phrase; after `=` it ends at a space, as in shells, or is the phrase.
  const isWord = !/^\s+[^\s#;]/.test(after) || isTight(inner, context) || isRandom(word);
  const secret =
    (isWord && (isSecretValue(word, strength) || isPin(word, context))) ||
    (isPhrase && isSecretLiteral(whole, strength));
  if (after.trim() !== '' || strength === 'descriptive') return { secret };
  if (secret && inner.endsWith('\\')) return { secret, next: { form: 'until', end: '', lines: 0 } };
  return { secret, next: { form: 'folded', indent, random: !secret } };
}

/** Digits alone are a credential where they are called a PIN; numbers of contacts have fewer. */
const isPin = (value: string, { name }: ValueContext): boolean =>
  /^\d{4,8}$/.test(value) && /^pin(?:code)?$/.test(name?.words.at(-1) ?? '');

/** Letters with digits, and long enough. */
export const isMixed = (word: string): boolean =>
  word.length >= 6 && /\d/.test(word) && /\p{L}/u.test(word) && isSecretValue(word);

/** `name=value` without a space between. */
const isTight = (inner: string, { operator }: ValueContext): boolean =>
  operator === '=' && !/^\s/.test(inner);

/** Whether what follows `before` on a line of code is a comment. */
export const isInComment = (before: string): boolean =>
  /^\s*(?:\*|#(?!\s*define)|--|;|%)|(?<!:)\/\/|\/\*/.test(before);

function isInString(before: string): boolean {
  return ['"', "'", '`'].some((quote) => (before.split(quote).length - 1) % 2 === 1);
}
