import path from 'node:path';

/** How values stand in a text: `code` quotes them, `config` need not, `prose` is neither. */
export type TextKind = 'code' | 'config' | 'prose';

const CODE_EXTENSIONS = new Set(
  (
    'adb ads asm c cc cjs clj cljs cpp cs css cts cu cxx d dart ebnf el elm erl ex exs f90 fs fsx glsl go graphql ' +
    'groovy h hh hlsl hpp hrl hs hxx inl ipp java jl js jsx kt kts l less lisp lua m mjs ml mli mm mts nim p pas ' +
    'php pl pm proto py pyi pyx r rb rs s sass scala scm scss sol sql sv svelte swift ts tsx v vala vb vhd vhdl ' +
    'vue wat y zig'
  ).split(' '),
);

const PROSE_EXTENSIONS = new Set(
  'adoc asciidoc htm html markdown md mdx org rst tex texi txt xhtml'.split(' '),
);

const PROSE_NAME =
  /^(?:readme|license|licence|copying|authors|changelog|changes|contributing|install|news|todo)\b/i;

/** The kind of a text by the name of its file; unknown ones count as `config`, where anything after a name is a value. */
export function textKind(file: string): TextKind {
  const name = path.basename(file);
  const extension = path.extname(name).slice(1).toLowerCase();
  if (CODE_EXTENSIONS.has(extension)) return 'code';
  if (PROSE_EXTENSIONS.has(extension) || PROSE_NAME.test(name)) return 'prose';
  return 'config';
}

/** What the name of a file says about the text in it. */
export interface SourceContext {
  readonly kind: TextKind;
  /** Texts of an interface, translated or not. */
  readonly speaksToUsers: boolean;
  /** A test, where expected hashes stand. */
  readonly isTest: boolean;
  readonly isProse: boolean;
}

const INTERFACE_TEXTS =
  /(?:^|[\\/])(?:locales?|i18n|l10n|lang|languages?|translations?|messages|strings|values(?:-[\w-]+)?|nls)[\\/]|(?:^|[\\/])(?:messages|strings|labels|translations?|locale|i18n|bundle|nls)[\w.-]*\.(?:properties|json5?|ya?ml|xml|js|ts|php|po|toml)$|\.(?:po|pot|resx|strings|stringsdict|arb|xlf|xliff|ftl|lang|nls\.json)$|(?:^|[\\/._-])[a-z]{2}(?:[-_][A-Z]{2})?\.(?:json|ya?ml|properties|ts|js|php|po)$/;
const TEST =
  /(?:^|[\\/])(?:tests?|specs?|__tests__|testdata|fixtures?)[\\/]|(?:^|[\\/])tests?_|[._-](?:tests?|spec)\.\w+$|(?:^|[\\/])\w*Tests?\.\w+$/;

/** What the path of a file says about the text in it. */
export function sourceContext(file: string): SourceContext {
  const kind = textKind(file);
  return {
    kind,
    speaksToUsers: INTERFACE_TEXTS.test(file),
    isTest: TEST.test(file),
    isProse: kind === 'prose',
  };
}
