import { normalized } from '../../common/text.ts';
import type { ContextModel } from '../../context-model/index.ts';
import { RatedText, type LineSurprise, type WorkspaceWords } from '../../surprise/index.ts';
import type { JoinedNetwork } from '../predict/network-session.ts';
import { syntaxOf } from '../text/language-syntax.ts';
import { LeftOutLines } from './left-out-lines.ts';

/** What a file is rated by. */
export interface RatingSources {
  /** Knows the workspace's other files. */
  readonly contextModel: ContextModel;
  /** The words of the same files. */
  readonly words: WorkspaceWords;
  /** Mixed with the context model where it is given; one that writes Hangul in jamo is not. */
  readonly network?: JoinedNetwork;
}

/** A file whose lines are to be rated. */
export interface FileToRate {
  readonly name: string;
  /** With any line ends. */
  readonly text: string;
  /** VS Code's identifier; undefined where it is not known. */
  readonly languageId: string | undefined;
}

/** The surprise of each line of a file that is not blank, in their order. */
export async function rateFile(
  { contextModel, words, network }: RatingSources,
  file: FileToRate,
): Promise<LineSurprise[]> {
  const text = normalized(file.text);
  const canJoin = network !== undefined && !network.vocabulary.decomposesHangul;
  const lines = new LeftOutLines(contextModel, file.name, text, canJoin ? network : undefined);
  try {
    // Whether all of the text is counted must not depend on how fast the machine is.
    await contextModel.idle;
    const rated = RatedText.read(text, syntaxOf(file.languageId), words);
    const found: LineSurprise[] = [];
    for (const read of lines.read(0, lines.count)) {
      const surprise = read && rated.rate(read.line, read.bits, read.likelier);
      if (surprise) found.push(surprise);
    }
    return found;
  } finally {
    lines.dispose();
  }
}
