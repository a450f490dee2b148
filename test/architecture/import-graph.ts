import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The repository. */
export const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** Which modules each module imports, types included; paths are relative to the repository, with `/`. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** TypeScript files below some folders of the repository. */
export function sourceFiles(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ts$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => path.posix.join(folder, name.replaceAll('\\', '/'))),
  );
}

/** The relative imports among files; others, such as packages, are left out. */
export function importGraph(files: readonly string[]): ImportGraph {
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(path.join(ROOT, file), 'utf8'), true, true);
      const targets = importedFiles
        .filter(({ fileName }) => fileName.startsWith('.'))
        .map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName))
        // AssemblyScript imports without an extension.
        .map((target) => (known.has(`${target}.ts`) ? `${target}.ts` : target))
        .filter((target) => known.has(target));
      return [file, [...new Set(targets)]];
    }),
  );
}

/** A chain of imports that leads back to its beginning; undefined where there is none. */
export function findCircle(graph: ImportGraph): readonly string[] | undefined {
  const finished = new Set<string>();
  const chain: string[] = [];
  const visit = (node: string): readonly string[] | undefined => {
    if (finished.has(node)) return undefined;
    const start = chain.indexOf(node);
    if (start >= 0) return [...chain.slice(start), node];
    chain.push(node);
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next);
      if (circle) return circle;
    }
    chain.pop();
    finished.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const circle = visit(node);
    if (circle) return circle;
  }
  return undefined;
}

/** The same imports between what stands directly in `folder`: its folders, and its files each by itself. */
export function folderGraph(graph: ImportGraph, folder: string): ImportGraph {
  const prefix = `${folder}/`;
  const entryOf = (file: string) =>
    file.startsWith(prefix) ? file.slice(prefix.length).split('/')[0] : undefined;
  const entries = new Map<string, Set<string>>();
  for (const [file, targets] of graph) {
    const from = entryOf(file);
    if (from === undefined) continue;
    const known = entries.get(from) ?? new Set();
    entries.set(from, known);
    for (const target of targets) {
      const to = entryOf(target);
      if (to !== undefined && to !== from) known.add(to);
    }
  }
  return new Map([...entries].map(([entry, targets]) => [entry, [...targets]]));
}

/** The classes of a file with the numbers of their fields that may be assigned again. */
export function mutableFields(file: string): { readonly name: string; readonly fields: number }[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(ROOT, file), 'utf8'),
    ts.ScriptTarget.Latest,
  );
  const found: { name: string; fields: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassDeclaration(node)) {
      const isMutable = (member: ts.ClassElement) =>
        ts.isPropertyDeclaration(member) &&
        !member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword);
      found.push({ name: node.name?.text ?? '', fields: node.members.filter(isMutable).length });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
