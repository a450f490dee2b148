import { WorkspaceWords } from '../../surprise/index.ts';
import { syntaxOfPath } from '../text/language-syntax.ts';

/** The words of the files that a context model knows, brought up to date when lines are to be rated. */
export class KnownTexts {
  readonly words = new WorkspaceWords();
  private readonly texts = new Map<string, string>();

  /**
   * Learns what differs from before; it may pause at each yield.
   * @param texts by name; undefined where a file is just being learnt
   * @returns whether anything differed
   */
  *follow(texts: ReadonlyMap<string, string | undefined>): Generator<undefined, boolean, void> {
    let differs = false;
    for (const name of [...this.texts.keys()].filter((known) => texts.get(known) === undefined)) {
      this.words.forget(name);
      this.texts.delete(name);
      differs = true;
      yield;
    }
    for (const [name, text] of texts) {
      if (text === undefined || this.texts.get(name) === text) continue;
      this.words.learn(name, text, syntaxOfPath(name));
      this.texts.set(name, text);
      differs = true;
      yield;
    }
    return differs;
  }
}
