import { Vocabulary } from '../corpus/index.ts';
import type { Stepper } from '../engine/index.ts';
import type { Memory, Prediction, Reader } from '../memory/index.ts';
import { normalized } from '../sampling/index.ts';
import { OpenDocument, type TextChange } from './open-document.ts';
import type { Continuation, Predictor, Reading, TextBefore } from './predictor.ts';
import { DocumentStates, type Reading as StateReading } from './states.ts';
import { windowOf } from './window.ts';

/** A network as it joins the memory. */
export interface JoinedNetwork {
  readonly stepper: Stepper;
  readonly vocabulary: Vocabulary;
}

/** Code units of a document above which only what the requests show of it is known. */
const longestFollowed = 1e6;
/** Code units of an insertion above which it was pasted: then the mixing weights learn nothing from it. */
const longestTyped = 500;

/**
 * The memory of the workspace and of each open document, and the network where there is one, as one prediction.
 * Documents whose text is not told by `open` and `change` are known by what the requests show of them.
 */
export class MemoryPredictor implements Predictor {
  private readonly memory: Memory;
  private readonly documents = new Map<string, OpenDocument>();
  /** Documents whose changes are told. */
  private readonly followed = new Set<string>();
  private readonly onOutOfStep: (document: string) => void;
  private network: NetworkAlong | undefined;

  /** @param onOutOfStep a followed document is not what was told of it, and is followed no longer. */
  constructor(memory: Memory, onOutOfStep: (document: string) => void = () => undefined) {
    this.memory = memory;
    this.onOutOfStep = onOutOfStep;
  }

  /** Has the network predict along, in place of the one before; undefined: none any more. */
  join(network: JoinedNetwork | undefined): void {
    this.network = network && new NetworkAlong(network);
    for (const { memory } of this.documents.values()) memory.joinNetwork(network?.vocabulary.symbols);
  }

  /** Follows a document from now on, whose whole text is `text`. */
  open(document: string, text: string): void {
    if (text.length > longestFollowed) return;
    this.show(document, text);
    this.followed.add(document);
  }

  /** In their order, each of the text that the one before has left. Nothing for a document that is not followed. */
  change(document: string, changes: readonly TextChange[]): void {
    const known = this.documents.get(document);
    if (!known || !this.followed.has(document)) return;
    for (const change of changes) {
      const isTyped = changes.length === 1 && change.removed === 0 && change.inserted.length <= longestTyped;
      if (!known.change(change, isTyped)) return this.loseStep(document);
    }
  }

  read(text: TextBefore, isCancelled: () => boolean): Reading | undefined {
    if (isCancelled()) return undefined;
    const prefix = normalized(text.prefix);
    const reader = this.readerFor(text, prefix);
    const { network } = this;
    const { depth } = reader;
    const start = (): Reader => {
      reader.rewind(depth);
      return reader;
    };
    if (!network) return { continuation: () => new MemoryContinuation(start()) };
    const read = network.read(text, prefix, isCancelled);
    return read && { continuation: () => new JoinedContinuation(start(), network, read) };
  }

  forget(document: string): void {
    this.documents.get(document)?.dispose();
    this.documents.delete(document);
    this.followed.delete(document);
    this.network?.states.forget(document);
  }

  private readerFor({ document, offset, ahead }: TextBefore, prefix: string): Reader {
    const known = this.documents.get(document);
    if (known && offset !== undefined && this.followed.has(document)) {
      const end = known.offsetOf(offset);
      const written = normalized(ahead ?? '');
      if (known.endsWith(prefix.slice(0, prefix.length - written.length), end)) {
        const reader = known.reader(end);
        for (const character of written) reader.advance(character.codePointAt(0)!);
        return reader;
      }
    }
    if (this.followed.has(document)) this.loseStep(document);
    return this.show(document, prefix).reader(prefix.length);
  }

  private loseStep(document: string): void {
    this.followed.delete(document);
    this.onOutOfStep(document);
  }

  /** Has the memory know `text` as the document's. */
  private show(document: string, text: string): OpenDocument {
    const known = this.documents.get(document);
    if (known) {
      known.replace(text);
      return known;
    }
    const opened = new OpenDocument(this.memory, document, text);
    opened.memory.joinNetwork(this.network?.vocabulary.symbols);
    this.documents.set(document, opened);
    return opened;
  }
}

class MemoryContinuation implements Continuation {
  private readonly reader: Reader;

  constructor(reader: Reader) {
    this.reader = reader;
  }

  predict(): Prediction {
    return this.reader.predict();
  }

  advance(codePoint: number): void {
    this.reader.advance(codePoint);
  }
}

class JoinedContinuation implements Continuation {
  private readonly reader: Reader;
  private readonly network: NetworkAlong;
  private readonly state: Float32Array;
  private readonly logits: Float32Array;

  constructor(reader: Reader, network: NetworkAlong, { state, logits }: StateReading) {
    this.reader = reader;
    this.network = network;
    this.state = state.slice();
    this.logits = logits.slice();
  }

  predict(): Prediction {
    return this.reader.join(logSoftmax(this.logits));
  }

  advance(codePoint: number): void {
    this.reader.advance(codePoint);
    this.network.feed(codePoint, this.state, this.logits);
  }
}

/** The network's side of a joined prediction. */
class NetworkAlong {
  readonly states: DocumentStates;
  readonly vocabulary: Vocabulary;
  private readonly stepper: Stepper;
  private readonly ids: ReadonlyMap<number, number>;

  constructor({ stepper, vocabulary }: JoinedNetwork) {
    this.stepper = stepper;
    this.vocabulary = vocabulary;
    this.states = new DocumentStates(stepper, vocabulary);
    this.ids = new Map(vocabulary.symbols.map((symbol, id) => [symbol.codePointAt(0)!, id]));
  }

  /** @param prefix normalised. */
  read(
    { document, atFileStart }: TextBefore,
    prefix: string,
    isCancelled: () => boolean,
  ): StateReading | undefined {
    const window = windowOf(prefix, atFileStart);
    return this.states.read(document, window.text, window.atFileStart, isCancelled);
  }

  feed(codePoint: number, state: Float32Array, logits: Float32Array): void {
    this.stepper.feed([this.ids.get(codePoint) ?? Vocabulary.unknown], state, logits);
  }
}

/** [V] natural logarithms of softmax(logits). */
function logSoftmax(logits: Float32Array): Float32Array {
  let largest = -Infinity;
  for (const logit of logits) if (logit > largest) largest = logit;
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - largest);
  const shift = largest + Math.log(total);
  return logits.map((logit) => logit - shift);
}
