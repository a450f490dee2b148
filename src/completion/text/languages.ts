/** Comment and string rules of a language, as far as brackets and quotes depend on them. */
export interface LanguageSyntax {
  /** What begins a comment that ends with its line. A single sign does so only at a line's start or behind a blank. */
  readonly lineComments: readonly string[];
  /** What begins and ends a comment, or a string of several lines, in which quotes open nothing. */
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  /** Each ends a string that it opens. */
  readonly quotes: string;
  /** `'` encloses one character, as in Rust, where it may stand alone in front of a word, too. */
  readonly hasCharacterQuote: boolean;
}

type Blocks = LanguageSyntax['blockComments'];

const C_BLOCK: Blocks = [['/*', '*/']];
const XML_BLOCK: Blocks = [['<!--', '-->']];
const ML_BLOCK: Blocks = [['(*', '*)']];
/** A string of several lines, in which text is as free as in a comment. */
const TRIPLE: Blocks = [['"""', '"""']];
const PYTHON_TRIPLE: Blocks = [...TRIPLE, ["'''", "'''"]];

function syntax(
  lineComments: readonly string[],
  blockComments: Blocks,
  quotes: string,
  hasCharacterQuote = false,
): LanguageSyntax {
  return { lineComments, blockComments, quotes, hasCharacterQuote };
}

const C_LIKE = syntax(['//'], C_BLOCK, `"'`);
const C_LIKE_TRIPLE = syntax(['//'], [...C_BLOCK, ...TRIPLE], `"'`);
const JAVASCRIPT = syntax(['//'], C_BLOCK, `"'\``);
const SCRIPT = syntax(['#'], [], `"'\``);
const LISP = syntax([';'], [['#|', '|#']], '"');
const MARKUP = syntax([], XML_BLOCK, '"');
const PROSE = syntax([], [], '');
const LATEX = syntax(['%'], [], '');
const CONFIGURATION = syntax(['#'], [], `"'`);
const VIM = syntax(['"'], [], `'"`);

/**
 * By VS Code's language identifiers; the comments and quotes are those of its own language configurations, or of the
 * language's description where it has none. Prose has quotes that need not come in pairs, and so none that are strings.
 */
export const LANGUAGES: ReadonlyMap<string, LanguageSyntax> = new Map(
  Object.entries({
    c: C_LIKE,
    cpp: C_LIKE,
    'cuda-cpp': C_LIKE,
    'objective-c': C_LIKE,
    'objective-cpp': C_LIKE,
    csharp: C_LIKE_TRIPLE,
    java: C_LIKE_TRIPLE,
    kotlin: C_LIKE_TRIPLE,
    dart: syntax(['//'], [...C_BLOCK, ...PYTHON_TRIPLE], `"'`),
    groovy: syntax(['//'], [...C_BLOCK, ...PYTHON_TRIPLE], `"'`),
    swift: syntax(['//'], [...C_BLOCK, ...TRIPLE], '"'),
    scala: syntax(['//'], [...C_BLOCK, ...TRIPLE], '"', true),
    go: syntax(['//'], C_BLOCK, '"`', true),
    rust: syntax(['//'], C_BLOCK, '"', true),
    zig: syntax(['//'], [], '"', true),
    php: syntax(['//', '#'], C_BLOCK, `"'\``),
    javascript: JAVASCRIPT,
    javascriptreact: JAVASCRIPT,
    typescript: JAVASCRIPT,
    typescriptreact: JAVASCRIPT,
    json: syntax([], [], '"'),
    jsonc: syntax(['//'], C_BLOCK, '"'),
    css: syntax([], C_BLOCK, `"'`),
    scss: C_LIKE,
    less: C_LIKE,
    python: syntax(['#'], PYTHON_TRIPLE, `"'`),
    ruby: SCRIPT,
    perl: SCRIPT,
    shellscript: SCRIPT,
    powershell: syntax(['#'], [['<#', '#>']], `"'`),
    r: SCRIPT,
    julia: syntax(['#'], TRIPLE, '"`', true),
    elixir: syntax(['#'], TRIPLE, `"'`),
    coffeescript: syntax(['#'], PYTHON_TRIPLE, `"'\``),
    makefile: CONFIGURATION,
    dockerfile: CONFIGURATION,
    yaml: CONFIGURATION,
    toml: syntax(['#'], PYTHON_TRIPLE, `"'`),
    properties: syntax(['#'], [], ''),
    ini: syntax([';', '#'], [], `"'`),
    lua: syntax(['--'], [], `"'`),
    sql: syntax(['--'], C_BLOCK, `"'`),
    haskell: syntax(['--'], [['{-', '-}']], '"', true),
    elm: syntax(['--'], [['{-', '-}'], ...TRIPLE], '"', true),
    ocaml: syntax([], ML_BLOCK, '"', true),
    fsharp: syntax(['//'], [...ML_BLOCK, ...TRIPLE], '"', true),
    clojure: syntax([';'], [], '"'),
    lisp: LISP,
    commonlisp: LISP,
    'emacs-lisp': LISP,
    scheme: LISP,
    racket: LISP,
    erlang: syntax(['%'], [], `"'`),
    vb: syntax(["'"], [], '"'),
    vim: VIM,
    viml: VIM,
    html: MARKUP,
    xml: MARKUP,
    xsl: MARKUP,
    vue: MARKUP,
    svelte: MARKUP,
    handlebars: MARKUP,
    latex: LATEX,
    tex: LATEX,
    bibtex: LATEX,
    markdown: PROSE,
    plaintext: PROSE,
    restructuredtext: PROSE,
    asciidoc: PROSE,
    'git-commit': syntax(['#'], [], ''),
  }),
);
