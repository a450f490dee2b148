import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ROOT, sourceFiles } from '../architecture/import-graph.ts';

/** Tags of template literals that are translated (`src/common/localization/`). */
const TAGS = new Set(['message', 'localize', 'english']);

/** The nodes of a file and all that is in them, each before its children. */
function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

/** Files under src/ with their nodes. */
export function parsedSources(): { file: string; nodes: readonly ts.Node[] }[] {
  return sourceFiles('src').map((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    return { file, nodes: [...nodesOf(source)] };
  });
}

/** Where a node stands, as `file:line`. */
export function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** The tag of a tagged template that is translated; undefined for any other node. */
export function tagOf(node: ts.Node): string | undefined {
  if (!ts.isTaggedTemplateExpression(node) || !ts.isIdentifier(node.tag)) return undefined;
  return TAGS.has(node.tag.text) ? node.tag.text : undefined;
}

/** The key of the translations of a template literal: its text with `{0}`, `{1}` … in place of the values. */
export function keyOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.templateSpans.reduce(
    (key, span, i) => `${key}{${i}}${span.literal.text}`,
    template.head.text,
  );
}

/** Whether a node is evaluated when its module is loaded, and so before the display language is known. */
export function isOnLoad(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionLike(at)) return false;
    if (
      ts.isPropertyDeclaration(at) &&
      !at.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
    )
      return false;
  }
  return true;
}
