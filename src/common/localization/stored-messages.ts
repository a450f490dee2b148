import { englishText, figure, type Message, type MessageValue } from './message.ts';

/** What stands in a stored message. */
export type StoredValue = string | number;

type Makers = Readonly<Record<string, (...values: StoredValue[]) => Message>>;

/** What the texts of one kind have in common. */
interface Kind<Name> {
  readonly name: Name;
  readonly template: string;
  /** Before its first value and after its last one: most texts are told by these. */
  readonly start: string;
  readonly end: string;
  readonly pattern: RegExp;
}

/**
 * Messages that are stored as English texts, as model files and JSON have them, and are found again in these to be
 * translated where they are shown.
 */
export class StoredMessages<M extends Makers> {
  private readonly makers: M;
  private readonly kinds: ReadonlyMap<keyof M, Kind<keyof M>>;

  /** @param makers of each kind of message, by its name; a template must not be that of another kind. */
  constructor(makers: M) {
    this.makers = makers;
    this.kinds = new Map(
      Object.entries(makers).map(([name, make]) => [name, kindOf(name, make('', '', '').template)]),
    );
  }

  /** A message in English. */
  text<K extends keyof M>(name: K, ...values: Parameters<M[K]>): string {
    return englishText(this.makers[name](...(values as StoredValue[])));
  }

  /** Whether a text is of a kind; quicker than to find which kind it is of. */
  is(text: string, name: keyof M): boolean {
    return valuesIn(text, this.kinds.get(name)!) !== undefined;
  }

  /** The name of the kind that a text is of; undefined where it is of none. */
  nameOf(text: string): keyof M | undefined {
    return this.find(text)?.kind.name;
  }

  /** The message that a text was made of; one without values where it is none of these. */
  messageIn(text: string): Message {
    const found = this.find(text);
    if (!found) return { template: text, values: [] };
    return { template: found.kind.template, values: found.values.map(valueOf) };
  }

  private find(
    text: string,
  ): { readonly kind: Kind<keyof M>; readonly values: readonly string[] } | undefined {
    for (const kind of this.kinds.values()) {
      const values = valuesIn(text, kind);
      if (values) return { kind, values };
    }
    return undefined;
  }
}

/** A value that was found in a text: a figure where it is written as one, with no more digits than a number has. */
function valueOf(text: string): MessageValue {
  const [, digits] = /^\d{1,15}\.(\d{1,20})$/.exec(text) ?? [];
  return digits === undefined ? text : figure(Number(text), digits.length);
}

function valuesIn<Name>(text: string, { start, end, pattern }: Kind<Name>): readonly string[] | undefined {
  return text.startsWith(start) && text.endsWith(end) ? pattern.exec(text)?.slice(1) : undefined;
}

function kindOf<Name>(name: Name, template: string): Kind<Name> {
  const parts = template.split(/\{\d+\}/);
  const escaped = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = new RegExp(`^${escaped.join('(.*)')}$`, 's');
  return { name, template, start: parts[0], end: parts.at(-1)!, pattern };
}
