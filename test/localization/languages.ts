import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The languages besides English, by the names that VS Code gives its language packs. */
export const LANGUAGES = ['de', 'ko', 'zh-cn'] as const;

/** Texts by key. */
export type Texts = Readonly<Record<string, string>>;

/** The texts of a JSON file; `path` is relative to the repository. */
export function readTexts(path: string): Texts {
  const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8')) as Texts;
}

/** Names of commands as texts refer to them. */
const COMMAND_REFERENCES = /\*(Char-RNN: [^*]+)\*/g;

/** The commands that a text names as the palette shows them, sorted. */
export function commandReferences(text: string): string[] {
  return [...text.matchAll(COMMAND_REFERENCES)].map(([, name]) => name).sort();
}

/** Code, the targets of links, and placeholders: what every translation of a text has as well. */
const FIXED_PARTS = /`[^`]*`|\]\([^)]*\)|\{[^}]*\}/g;

/** The parts of a text that are the same in every language, sorted. */
export function fixedParts(text: string): string[] {
  return (text.match(FIXED_PARTS) ?? []).sort();
}
