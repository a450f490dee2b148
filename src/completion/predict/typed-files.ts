import { createContextModel } from '../../context-model/index.ts';
import { Yielder } from '../../common/yielder.ts';
import { NetworkSession, type JoinedNetwork } from './network-session.ts';
import { logProbabilityOf } from './predictor.ts';

/** What it costs to predict files while they are typed. */
export interface TypedMeasure {
  /** Code points of all files. */
  readonly characters: number;
  /** Bits of all characters, by network and context model together and by the context model alone. */
  readonly bits: number;
  readonly bitsOfContextModel: number;
  /** Characters that were the likeliest of both together. */
  readonly correct: number;
}

/** Milliseconds of work between two yields to the event loop. */
const YIELD_INTERVAL_MS = 30;

/**
 * Types files from top to bottom, each as the first document of an empty workspace, with the predictions that the
 * editor suggests by.
 * @param files LF line ends
 * @throws the signal's reason when aborted
 */
export async function measureTyped(
  network: JoinedNetwork,
  files: readonly { readonly path: string; readonly text: string }[],
  signal: AbortSignal,
): Promise<TypedMeasure> {
  const contextModel = await createContextModel();
  const session = new NetworkSession(network);
  const yielder = new Yielder(signal, YIELD_INTERVAL_MS);
  const sum = { characters: 0, bits: 0, bitsOfContextModel: 0, correct: 0 };
  try {
    for (const { path, text } of files) {
      const document = contextModel.openDocument(undefined, '');
      session.joinTo(document);
      const begin = session.read({ document: path, prefix: '', atFileStart: true }, '', () => false)!;
      const position = session.positionAfter(path, begin);
      let offset = 0;
      for (const character of text) {
        if (yielder.isDue) await yielder.yield();
        const codePoint = character.codePointAt(0)!;
        const reader = document.reader(offset);
        sum.bitsOfContextModel -= logProbabilityOf(codePoint, reader.predict()) / Math.LN2;
        const prediction = position.predict(reader);
        sum.bits -= logProbabilityOf(codePoint, prediction) / Math.LN2;
        sum.correct += prediction.count > 0 && prediction.codePoints[0] === codePoint ? 1 : 0;
        sum.characters++;
        position.learn(reader, codePoint);
        document.edit(offset, 0, character);
        position.advance(codePoint);
        offset += character.length;
      }
      session.forget(path);
      document.dispose();
    }
    return sum;
  } finally {
    contextModel.dispose();
  }
}
