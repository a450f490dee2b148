import { UsageError } from '../benchmark.ts';

/** A part of a document that a benchmark's output stands in. */
export interface Section {
  /** The benchmark and its arguments, with names such as `$PYTHON` for what differs between machines. */
  readonly command: string;
  /** Offset of the first character behind the comment that begins the section. */
  readonly start: number;
  /** Offset of the comment that ends it. */
  readonly end: number;
}

const BEGINNING = /<!-- measured: (.+?) -->\n/g;
const END = '<!-- end of what was measured -->';

/**
 * The measured sections of a document in Markdown, each between `<!-- measured: COMMAND -->` and
 * `<!-- end of what was measured -->`.
 * @throws UsageError when one has no end.
 */
export function sectionsOf(markdown: string): readonly Section[] {
  return Array.from(markdown.matchAll(BEGINNING), (match) => {
    const start = match.index + match[0].length;
    const end = markdown.indexOf(END, start);
    const next = markdown.indexOf('<!-- measured: ', start);
    if (end === -1 || (next !== -1 && next < end)) {
      throw new UsageError(`the section measured by "${match[1]}" has no end; add the line ${END}`);
    }
    return { command: match[1], start, end };
  });
}

/** Whether a command begins with one of `beginnings`, in whole words; any does where none are given. */
export function isChosen(command: string, beginnings: readonly string[] | undefined): boolean {
  return beginnings?.some((beginning) => `${command} `.startsWith(`${beginning} `)) ?? true;
}

/** The document with another text in a section. */
export function withSection(markdown: string, { start, end }: Section, text: string): string {
  return `${markdown.slice(0, start)}\n${text.trim()}\n\n${markdown.slice(end)}`;
}

/**
 * A command's arguments, with the values of this machine.
 * @param values by name, without the dollar sign.
 * @returns the arguments, or the first name that has no value.
 */
export function argumentsOf(
  command: string,
  values: ReadonlyMap<string, string>,
): { readonly args: readonly string[] } | { readonly missing: string } {
  const args: string[] = [];
  for (const word of command.split(' ')) {
    const missing = Array.from(word.matchAll(/\$([A-Z_]+)/g), ([, name]) => name).find(
      (name) => !values.has(name),
    );
    if (missing !== undefined) return { missing };
    args.push(word.replaceAll(/\$([A-Z_]+)/g, (_, name: string) => values.get(name)!));
  }
  return { args };
}
