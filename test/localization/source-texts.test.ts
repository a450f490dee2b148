import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { fixedParts, LANGUAGES, readTexts } from './languages.ts';
import { isOnLoad, keyOf, parsedSources, placeOf, tagOf } from './source-texts.ts';

/** Rooms of the command line and the language server alone, which speak English. */
const ENGLISH_ROOMS = /^src\/(cli|lsp|recipes)\//;

const sources = parsedSources();
const nodes = sources.flatMap((source) => source.nodes);
const tagged = nodes.filter((node): node is ts.TaggedTemplateExpression => tagOf(node) !== undefined);
const keys = new Set(tagged.map(({ template }) => keyOf(template)));

/** Errors for a person whose argument with this index is their sentence. */
const ERRORS: Readonly<Record<string, number>> = { UserFacingError: 0, EngineError: 1, FormatError: 0 };

/** Checks of single fields of files, whose names are English and which only programs that write such files get wrong. */
const ENGLISH_CHECKS = /^src\/model\/(validate|specification|file\/check-training-record)\.ts$/;

/** Functions and methods whose texts a person sees. */
const SHOWING =
  /^(show(Information|Warning|Error)Message|setStatusBarMessage|notify|button|append(Markdown|Text)|setText)$/;

/** Properties whose texts a person sees. */
const SHOWN_PROPERTIES = /^(title|label|detail|description|placeHolder|prompt|sentence|openLabel|message)$/;

/** Texts with a word in them: not identifiers, file names or settings' keys. */
const WORDS = /^[A-Z][a-z]+$|[A-Za-z]{2,}[.,;:…]? [A-Za-z]|[A-Za-z]{3,} \{|\} [A-Za-z]{2,}/;

/** The text of a literal that is not tagged, with `{}` for its values; undefined for any other node. */
function untaggedText(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node)) return ts.isImportDeclaration(node.parent) ? undefined : node.text;
  if (!ts.isNoSubstitutionTemplateLiteral(node) && !ts.isTemplateExpression(node)) return undefined;
  if (ts.isTaggedTemplateExpression(node.parent)) return undefined;
  return ts.isTemplateExpression(node)
    ? node.templateSpans.reduce((text, { literal }) => `${text}{}${literal.text}`, node.head.text)
    : node.text;
}

/** Functions and methods whose texts only the log or a program gets. */
const UNSEEN = /\blog\??\.(debug|info|warn|error)$|onLog$|\.querySelector$|^matchMedia$|^execFile/;

/** Whether a text goes to the log, to whoever reads the code, or to a program. */
function isUnseen(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isCallExpression(at) && UNSEEN.test(at.expression.getText())) return true;
    if (ts.isNewExpression(at) && /^(Range|Type)?Error$/.test(at.expression.getText())) return true;
    // Entries of the log.
    if (ts.isPropertyAssignment(at) && at.name.getText() === 'line') return true;
    if (ts.isTypeNode(at)) return true;
  }
  return false;
}

/** Whether a literal is the direct argument of a function, or value of a property, that a person sees. */
function isShown(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isConditionalExpression(parent)) return isShown(parent);
  if (ts.isCallExpression(parent)) {
    const { expression } = parent;
    const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
    const first = parent.arguments[name === 'notify' ? 1 : 0];
    return SHOWING.test(name) && first === node;
  }
  return ts.isPropertyAssignment(parent) && SHOWN_PROPERTIES.test(parent.name.getText());
}

describe('the texts of the sources', () => {
  it('are found', () => expect(keys.size).toBeGreaterThan(200));

  it('are not translated before the display language is known', () => {
    const early = tagged.filter((node) => tagOf(node) === 'localize' && isOnLoad(node));
    expect(early.map(placeOf)).toEqual([]);
  });

  it('are translated where an editor shows an error', () => {
    const bare = sources
      .filter(({ file }) => !ENGLISH_ROOMS.test(file) && !ENGLISH_CHECKS.test(file))
      .flatMap((source) => source.nodes)
      .filter((node) => ts.isNewExpression(node) && node.expression.getText() in ERRORS)
      .filter((node) => {
        const { arguments: given, expression } = node as ts.NewExpression;
        const sentence = given?.[ERRORS[expression.getText()]];
        return sentence !== undefined && (ts.isStringLiteral(sentence) || ts.isTemplateLiteral(sentence));
      });
    expect(bare.map(placeOf)).toEqual([]);
  });

  it('are translated where the editor or the page shows them', () => {
    const bare = sources
      .filter(({ file }) => /^src\/(ui|panel|session)\/(?!power\/)/.test(file))
      .flatMap((source) => source.nodes)
      .filter((node) => {
        const text = untaggedText(node);
        // The shell of the page, whose texts are markup of their own.
        if (text === undefined || text.startsWith('<!DOCTYPE') || isUnseen(node)) return false;
        return WORDS.test(text) && (isShown(node) || / /.test(text.trim()));
      });
    expect(bare.map((node) => `${placeOf(node)} ${node.getText()}`)).toEqual([]);
  });

  it('are translated in markup', () => {
    const bare = nodes.filter((node) => {
      if (!ts.isTaggedTemplateExpression(node) || node.tag.getText() !== 'html') return false;
      const markup = keyOf(node.template);
      const text = markup.replace(/<[^>]*>|\{\d+\}/g, '');
      return /\p{L}/u.test(text) || /\b(aria-label|title|alt|placeholder)="(?!\{)/.test(markup);
    });
    expect(bare.map(placeOf)).toEqual([]);
  });

  it('of the command line and the language server stay in English', () => {
    const translated = tagged.filter((node) => ENGLISH_ROOMS.test(node.getSourceFile().fileName));
    expect(translated.map(placeOf)).toEqual([]);
  });

  describe.each(LANGUAGES)('in %s', (language) => {
    const texts = readTexts(`l10n/bundle.l10n.${language}.json`);

    it('are all there, and none is left that nothing uses', () => {
      expect(Object.keys(texts).sort()).toEqual([...keys].sort());
      expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
    });

    it('have the same placeholders and code', () => {
      for (const [key, text] of Object.entries(texts)) expect(fixedParts(text), key).toEqual(fixedParts(key));
    });

    it('name commands as the palette does', () => {
      const manifest = readTexts(`package.nls.${language}.json`);
      const english = readTexts('package.nls.json');
      const title = `${english['category']}: ${english['command.generate']}`;
      expect(texts[title]).toBe(`${manifest['category']}: ${manifest['command.generate']}`);
    });
  });
});
