/**
 * Writes src/secrets/rules/gitleaks.ts from the rules of gitleaks, which are under the MIT licence:
 * `node scripts/token-formats.ts <folder of gitleaks> <version>`, for instance a folder that
 * `go mod download -json github.com/zricethezav/gitleaks/v8@latest` names. Then `npm run format`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const OUTPUT = path.join(import.meta.dirname, '../src/secrets/rules/gitleaks.ts');

/** Rules that are left out, and why. */
const LEFT_OUT: ReadonlyMap<string, string> = new Map([
  ['authress-service-client-access-key', 'its keywords sc_ and ext_ are in every second program'],
  ['curl-auth-header', 'spans lines; ours is in commands.ts'],
  ['curl-auth-user', 'spans lines; ours is in commands.ts'],
  ['facebook-access-token', 'digits and a bar'],
  ['freemius-secret-key', 'found by its name'],
  ['jwt', 'its keyword is ey; ours is in token-formats.ts'],
  ['jwt-base64', 'found as a random string'],
  ['kubernetes-secret-yaml', 'spans lines; ours is in manifests.ts'],
  ['nuget-config-password', 'found by its name'],
  ['private-key', 'spans lines; ours is in key-blocks.ts'],
  ['sourcegraph-access-token', 'any 40 hexadecimal digits'],
  ['twilio-api-key', 'its keyword is sk; ours is in token-formats.ts'],
  ['vault-service-token', 'its keyword is s.; ours is in token-formats.ts'],
]);

/** Rules that ask for the vendor's name near the value: those values are found by their names or as random strings. */
const NAME_NEAR_VALUE = String.raw`[ \t\w.-]{0,20}`;
/** What must follow a token in gitleaks' rules; here, a closing bracket or a comma may follow, too. */
const END = String.raw`(?:[\x60'"\s;]|\\[nr]|$)`;

interface Rule {
  readonly id: string;
  readonly regex: string;
  readonly keywords: readonly string[];
}

function rulesOf(toml: string): Rule[] {
  return toml
    .split('[[rules]]\n')
    .slice(1)
    .map((text) => ({
      id: /^id = "([^"]+)"/m.exec(text)![1],
      regex: /^regex = '''(.*)'''$/m.exec(text)?.[1] ?? '',
      keywords: [...(/^keywords = \[([^\]]*)\]/m.exec(text)?.[1].matchAll(/"([^"]+)"/g) ?? [])].map(
        ([, word]) => word,
      ),
    }));
}

/** A pattern of RE2 as one of JavaScript: inline flags written out. */
function converted(regex: string): RegExp {
  const flags = regex.startsWith('(?i)') ? 'i' : '';
  const source = regex
    .replace(/^\(\?i\)/, '')
    .replaceAll('(?-i:', '(?:')
    .replace(/\(\?i[:)].*$/, (rest) => inAnyCase(rest).replace('(?i)', '').replaceAll('(?i:', '(?:'))
    .replaceAll(END, String.raw`(?![\w-])`)
    .replaceAll(String.raw`\z`, '$')
    .replaceAll('[[:alnum:]]', '[A-Za-z0-9]')
    // The rules do not escape dots in names of hosts.
    .replaceAll(/(?<=[a-z])\.(?=[a-z])/g, String.raw`\.`);
  return new RegExp(source, flags);
}

/** Ranges of letters in both cases. */
function inAnyCase(source: string): string {
  return source.replaceAll(/\[[^\]]*\]/g, (characters) =>
    characters.replaceAll(/([a-z])-([a-z])|([A-Z])-([A-Z])/g, (range) => {
      const other = range === range.toLowerCase() ? range.toUpperCase() : range.toLowerCase();
      return characters.includes(other) ? range : `${range}${other}`;
    }),
  );
}

/** `keyword` in the case in which the pattern asks for it, where it does. */
function inPatternCase(keyword: string, { source, flags }: RegExp): string {
  const literal = source.replaceAll(/\\(?=[.-])/g, '');
  const at = literal.toLowerCase().indexOf(keyword);
  return flags === 'i' || at === -1 ? keyword : literal.slice(at, at + keyword.length);
}

function write(folder: string | undefined, version: string | undefined): void {
  if (folder === undefined || version === undefined)
    throw new Error('Name the folder of gitleaks and its version.');
  const rules = rulesOf(readFileSync(path.join(folder, 'config/gitleaks.toml'), 'utf8'))
    .filter(({ id, regex }) => regex !== '' && !regex.includes(NAME_NEAR_VALUE) && !LEFT_OUT.has(id))
    .map(({ id, regex, keywords }) => {
      const pattern = converted(regex);
      const needed = keywords
        .filter((keyword) => keyword !== 'intra')
        .map((keyword) => inPatternCase(keyword, pattern));
      return `  { id: '${id}', keywords: ${JSON.stringify(needed)}, pattern: ${String(pattern)}, source: SOURCE },`;
    });
  writeFileSync(
    OUTPUT,
    `import type { Rule } from './rule.ts';

/*
 * Written by scripts/token-formats.ts from config/gitleaks.toml of gitleaks ${version}:
 * Copyright (c) 2019 Zachary Rice, MIT License; see THIRD_PARTY.md.
 */

const SOURCE = 'https://github.com/gitleaks/gitleaks/tree/${version}';

/** Formats of tokens that vendors give out. */
export const GITLEAKS_RULES: readonly Rule[] = [
${rules.join('\n')}
];
`,
  );
}

write(...(process.argv.slice(2) as [string?, string?]));
