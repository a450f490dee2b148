import path from 'node:path';

/** VS Code's language identifiers by the ends of file names. */
const LANGUAGE_IDS = new Map(
  Object.entries({
    c: '.c .h',
    cpp: '.cc .cpp .hpp',
    csharp: '.cs',
    go: '.go',
    java: '.java',
    javascript: '.js .mjs .cjs',
    markdown: '.md',
    python: '.py',
    ruby: '.rb',
    rust: '.rs',
    typescript: '.ts .mts .cts',
    typescriptreact: '.tsx',
  }).flatMap(([id, extensions]) => extensions.split(' ').map((extension) => [extension, id] as const)),
);

/** The language in which the editor would show a file; undefined for those that no benchmark is made on. */
export function languageIdOf(name: string): string | undefined {
  return LANGUAGE_IDS.get(path.extname(name));
}
