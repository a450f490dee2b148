import { BracketReader, languageIdOf, syntaxOf } from '../../src/completion/parts.ts';
import type { LanguageSyntax } from '../../src/completion/parts.ts';

/** One thing the person does to type a text, and what the editor makes of it. */
export interface Action {
  /** Place in the text. */
  readonly at: number;
  /** UTF-16 units of the text that it brings. */
  readonly length: number;
  /**
   * `typed`: inserts them. `overtyped`: replaces the same closer, which stands behind the cursor. `moved`: the cursor
   * goes behind what the editor has put there already; that is no key of the text.
   */
  readonly kind: 'typed' | 'overtyped' | 'moved';
  /** What the editor adds behind the cursor in the same change. */
  readonly behind: string;
  /** Where the text ends that has to be typed before what the editor has put behind the cursor. */
  readonly end: number;
}

/** What stands on the cursor's line where typing begins. */
export interface LineAround {
  readonly before: string;
  readonly after: string;
}

const BRACKETS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** Before what an opener is closed: VS Code's default for `autoCloseBefore`, and line ends. */
const CLOSED_BEFORE = /^[;:.,=}\])>\s`]|^$/;
const DOC_COMMENT = ' */';

/**
 * How a text is typed in VS Code with `autoClosingBrackets` and `autoClosingQuotes` as by default: an opener inserts
 * its pair as one change, the closer is typed over, Enter between brackets puts the closer on a line of its own. A
 * closer that the person does not want there is taken as deleted at once.
 */
export function autoClosed(text: string, around: LineAround, fileName: string): Action[] {
  const unwanted = new Set<number>();
  for (;;) {
    const plan = new Plan(text, around, syntaxOf(languageIdOf(fileName)), unwanted);
    plan.run();
    if (plan.unclosed.length === 0) return plan.actions;
    // The innermost first: what it hides behind may be closed then.
    unwanted.add(plan.unclosed.at(-1)!);
  }
}

/** A text typed without any such help. */
export function plainlyTyped(text: string): Action[] {
  const actions: Action[] = [];
  for (let at = 0; at < text.length;) {
    const length = text.codePointAt(at)! > 0xffff ? 2 : 1;
    actions.push({ at, length, kind: 'typed', behind: '', end: text.length });
    at += length;
  }
  return actions;
}

interface Pending {
  /** What stands behind the cursor for it: a closer, or a closer on a line of its own. */
  text: string;
  readonly openedAt: number;
}

class Plan {
  readonly actions: Action[] = [];
  private readonly pending: Pending[] = [];
  private readonly text: string;
  private readonly after: string;
  private readonly syntax: LanguageSyntax;
  private readonly unwanted: ReadonlySet<number>;
  private line: string;

  constructor(
    text: string,
    { before, after }: LineAround,
    syntax: LanguageSyntax,
    unwanted: ReadonlySet<number>,
  ) {
    this.text = text;
    this.line = before;
    this.after = after;
    this.syntax = syntax;
    this.unwanted = unwanted;
  }

  /** Where openers stand whose closers the text does not reach. */
  get unclosed(): number[] {
    return this.pending.map(({ openedAt }) => openedAt);
  }

  run(): void {
    for (let at = 0; at < this.text.length;) at = this.act(at);
  }

  private act(at: number): number {
    const inner = this.pending.at(-1);
    const isEscaped = this.line.endsWith('\\');
    if (inner && !isEscaped && this.text.startsWith(inner.text, at)) {
      this.pending.pop();
      this.push(at, inner.text.length, inner.text.length === 1 ? 'overtyped' : 'moved', '');
      this.limit(inner.openedAt, at);
    } else {
      const length = this.text.codePointAt(at)! > 0xffff ? 2 : 1;
      this.push(at, length, 'typed', this.behindOf(at));
    }
    const { length } = this.actions.at(-1)!;
    this.line = `${this.line}${this.text.slice(at, at + length)}`.split('\n').at(-1)!;
    return at + length;
  }

  private behindOf(at: number): string {
    const typed = this.text[at];
    if (typed === '\n') return this.lineBroken(at);
    const closer = this.closerOf(typed);
    if (closer === undefined || this.unwanted.has(at)) return '';
    this.pending.push({ text: closer, openedAt: at });
    return closer;
  }

  /** Enter directly between a pair moves the closer down, as far in as the line that opens it. */
  private lineBroken(at: number): string {
    const inner = this.pending.at(-1);
    if (!inner || inner.openedAt !== at - 1 || this.syntax.quotes.includes(inner.text)) return '';
    const indentation = /^\s*/.exec(this.line)![0];
    const added = `\n${indentation}`;
    inner.text = added + inner.text;
    return added;
  }

  private closerOf(typed: string): string | undefined {
    const following = this.pending.at(-1)?.text ?? this.after;
    if (!CLOSED_BEFORE.test(following)) return undefined;
    if (typed in BRACKETS) return BRACKETS[typed];
    if (typed === '*' && this.line.trimStart() === '/*') return DOC_COMMENT;
    if (!this.syntax.quotes.includes(typed)) return undefined;
    const reader = new BracketReader([], this.syntax).read(this.line);
    const isInString = reader.openQuote !== '';
    const isBehindWord = /[\p{L}\p{N}_$"'`\\]$/u.test(this.line);
    return isInString || isBehindWord || (reader.isInComment && typed !== '"') ? undefined : typed;
  }

  private push(at: number, length: number, kind: Action['kind'], behind: string): void {
    this.actions.push({ at, length, kind, behind, end: this.text.length });
  }

  /** What is typed behind an opener may not reach past its closer. */
  private limit(openedAt: number, closedAt: number): void {
    for (let index = this.actions.length - 1; this.actions[index].at > openedAt; index--) {
      const action = this.actions[index];
      if (action.end > closedAt) this.actions[index] = { ...action, end: closedAt };
    }
  }
}
