/** Words of the languages that are no identifiers, of those that code bases are measured in. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  `abstract and any as assert async auto await bool boolean break byte case catch chan char class const continue crate
  debugger def default defer del delete do double dyn elif else enum error except export extends extern fallthrough
  false False final finally float fn for from func function global go goto if impl implements import in inline
  instanceof int interface is lambda let long loop map match mod move mut never new nil None nonlocal not null
  number object of or override package pass private protected pub public raise range readonly ref register return
  select self Self short signed sizeof static str string struct super switch this throw trait true True try type
  typedef typeof undefined union unknown unsafe unsigned use var void volatile where while with yield`.split(
    /\s+/,
  ),
);
