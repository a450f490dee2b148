/** A language that the base network learns, and how much of it. */
interface Language {
  readonly endings: readonly string[];
  /** Most characters that are learnt of it. */
  readonly maxCharacters: number;
}

const MILLION = 1_000_000;

/** Languages by name; texts that are neither are not learnt. */
export const LANGUAGES: Readonly<Record<string, Language>> = {
  typescript: { endings: ['.ts', '.tsx', '.mts'], maxCharacters: 18 * MILLION },
  javascript: { endings: ['.js', '.jsx', '.mjs', '.cjs'], maxCharacters: 10 * MILLION },
  python: { endings: ['.py'], maxCharacters: 18 * MILLION },
  go: { endings: ['.go'], maxCharacters: 16 * MILLION },
  rust: { endings: ['.rs'], maxCharacters: 14 * MILLION },
  c: { endings: ['.c', '.h'], maxCharacters: 14 * MILLION },
  cpp: { endings: ['.cc', '.cpp', '.cxx', '.hpp', '.hh'], maxCharacters: 9 * MILLION },
  java: { endings: ['.java'], maxCharacters: 10 * MILLION },
  kotlin: { endings: ['.kt'], maxCharacters: 3 * MILLION },
  csharp: { endings: ['.cs'], maxCharacters: 3 * MILLION },
  php: { endings: ['.php'], maxCharacters: 3 * MILLION },
  ruby: { endings: ['.rb'], maxCharacters: 3 * MILLION },
  lua: { endings: ['.lua'], maxCharacters: 2 * MILLION },
  shell: { endings: ['.sh', '.bash', '.bats'], maxCharacters: 2 * MILLION },
  styles: { endings: ['.css', '.scss', '.less'], maxCharacters: 2 * MILLION },
  markup: { endings: ['.html', '.vue', '.svelte', '.xml'], maxCharacters: 2 * MILLION },
  data: { endings: ['.json', '.yaml', '.yml', '.toml'], maxCharacters: 3 * MILLION },
  prose: { endings: ['.md', '.rst'], maxCharacters: 4 * MILLION },
};

/** The language of a path, or undefined for what is not learnt. */
export function languageOf(path: string): string | undefined {
  if (/\.d\.[mc]?ts$/.test(path)) return undefined;
  return Object.entries(LANGUAGES).find(([, { endings }]) =>
    endings.some((ending) => path.endsWith(ending)),
  )?.[0];
}
