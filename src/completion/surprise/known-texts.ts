import { WorkspaceWords } from '../../surprise/index.ts';
import { syntaxOfPath } from '../text/language-syntax.ts';

/** The words of the files that a context model knows, brought up to date when lines are to be rated. */
export class KnownTexts {
  readonly words = new WorkspaceWords();
  private readonly texts = new Map<string, string>();
  /** A file that is just being learnt or forgotten: it must be done to the end, even if nobody waits any more. */
  private underWay: Iterator<undefined, void, void> | undefined;
  private differs = false;

  /**
   * Learns what differs from before. It may pause at each yield, and be closed; the next call goes on then.
   * @param texts by name; undefined where a file is just being learnt
   * @returns whether anything differed since this last came to its end
   */
  *follow(texts: ReadonlyMap<string, string | undefined>): Generator<undefined, boolean, void> {
    yield* this.finish();
    for (const name of [...this.texts.keys()].filter((known) => texts.get(known) === undefined)) {
      this.texts.delete(name);
      yield* this.change(this.words.forgetting(name));
    }
    for (const [name, text] of texts) {
      if (text === undefined || this.texts.get(name) === text) continue;
      this.texts.set(name, text);
      yield* this.change(this.words.learning(name, text, syntaxOfPath(name)));
    }
    const { differs } = this;
    this.differs = false;
    return differs;
  }

  private *change(steps: Iterator<undefined, void, void>): Generator<undefined, void, void> {
    this.differs = true;
    this.underWay = steps;
    yield* this.finish();
  }

  /** Takes the steps one by one: if they were delegated to, they would be closed with the caller. */
  private *finish(): Generator<undefined, void, void> {
    while (this.underWay && !this.underWay.next().done) yield;
    this.underWay = undefined;
  }
}
