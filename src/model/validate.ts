import { englishText, type Message, type MessageValue } from '../common/localization/message.ts';

/** A longer value of a clause is cut, in UTF-16 units. */
const MAX_CLAUSE_LENGTH = 300;

/**
 * Untrusted data is invalid; the message is a clause such as `it is empty`. What is said of single fields, such as
 * `layers must be …`, stays in English, as their names do: only who writes such files by a program meets it.
 */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  /** The clause, to be translated; without control characters, which names in a file may hold as escape sequences. */
  readonly clause: Message | string;

  constructor(clause: Message | string) {
    super(englishText(clause));
    this.clause =
      typeof clause === 'string'
        ? printable(clause)
        : { template: clause.template, values: clause.values.map(printableValue) };
  }
}

function printableValue(value: MessageValue): MessageValue {
  return typeof value === 'string' ? printable(value) : value;
}

function printable(text: string): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
  return plain.length > MAX_CLAUSE_LENGTH ? `${plain.slice(0, MAX_CLAUSE_LENGTH)}…` : plain;
}

/** The fields of an object that may only have fields of `names`; absent ones are `undefined`. */
export function fieldsOf(
  value: unknown,
  what: string,
  names: readonly string[],
): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FormatError(`${what} must be an object`);
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const name of fields.keys()) {
    if (!names.includes(name)) throw new FormatError(`${what} has an unknown field ${name}`);
  }
  return fields;
}

export function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new FormatError(`${what} must be a list`);
  return value;
}

/** An integer in [min, max], by default every one that a double holds exactly from 0 up. */
export function integerOf(
  value: unknown,
  what: string,
  min = 0,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    throw new FormatError(`${what} must be an integer ${range}`);
  }
  return value;
}

/** A finite number not below `min`. */
export function numberOf(value: unknown, what: string, min = 0): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < min) {
    throw new FormatError(`${what} must be a number of at least ${min}`);
  }
  return value;
}

export function textOf(value: unknown, what: string, maxLength: number): string {
  if (typeof value !== 'string' || value.length > maxLength) {
    throw new FormatError(`${what} must be a text of at most ${maxLength} characters`);
  }
  return value;
}

export function oneOf<T extends string>(value: unknown, what: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) {
    throw new FormatError(`${what} must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`);
  }
  return choice;
}
