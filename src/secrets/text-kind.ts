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

/** By the name of the file; unknown ones count as `config`, where anything after a name is a value. */
export function textKind(file: string): TextKind {
  const name = path.basename(file);
  const extension = path.extname(name).slice(1).toLowerCase();
  if (CODE_EXTENSIONS.has(extension)) return 'code';
  if (PROSE_EXTENSIONS.has(extension) || PROSE_NAME.test(name)) return 'prose';
  return 'config';
}
