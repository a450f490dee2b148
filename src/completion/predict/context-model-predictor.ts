import { setImmediate } from 'node:timers/promises';
import type { ContextModel, DocumentModel, Reader } from '../../context-model/index.ts';
import { normalized } from '../../common/text.ts';
import { learnableText } from '../../corpus/index.ts';
import { NetworkSession, type JoinedNetwork, type NetworkPosition } from './network-session.ts';
import { OpenDocument, type TextChange, type Typing } from './open-document.ts';
import { MAX_FOLLOWED_LENGTH } from './limits.ts';
import { JoinedContinuation, MemoryContinuation } from './continuations.ts';
import { logLikelihood } from './predictor.ts';
import type { Continuation, Predictor, Reading as Continuable, TextBefore } from './predictor.ts';
import type { Reading } from './hidden-state-cache.ts';

/** A text that is being written; `dispose` drops what is kept for it. */
export interface WrittenText extends Continuation {
  dispose(): void;
}

/**
 * Predicts by the context model of the workspace and of each open document, mixed with the network where one is
 * loaded. A document that is not followed by `open` and `change` is known by the text before the cursor of each request.
 */
export class ContextModelPredictor implements Predictor {
  private readonly contextModel: ContextModel;
  private readonly documents = new Map<string, OpenDocument>();
  /** Documents of which every change is reported. */
  private readonly followed = new Set<string>();
  /** Followed documents whose present text the others do not know yet. */
  private readonly unshared = new Set<string>();
  private readonly onOutOfStep: (document: string) => void;
  private readonly fileOf: (document: string) => string;
  private network: NetworkSession | undefined;
  /** Texts begun by `write`, which names them. */
  private written = 0;
  /** The network's last reading of a document, and where it ends: what is typed there is learnt from its state. */
  private lastRead:
    { readonly document: string; readonly offset: number; readonly read: Reading } | undefined;

  /**
   * @param onOutOfStep called when a followed document differs from its reported text; it is no longer followed.
   * @param fileOf the name that the context model has for a document's file; left out: the document's own.
   */
  constructor(
    contextModel: ContextModel,
    onOutOfStep: (document: string) => void = () => undefined,
    fileOf: (document: string) => string = (document) => document,
  ) {
    this.contextModel = contextModel;
    this.onOutOfStep = onOutOfStep;
    this.fileOf = fileOf;
  }

  /**
   * Replaces the network that is mixed in; undefined removes it. A network that writes Hangul in jamo is not mixed in,
   * because the context model predicts syllables.
   */
  join(network: JoinedNetwork | undefined): void {
    const canJoin = network !== undefined && !network.vocabulary.decomposesHangul;
    this.network = canJoin ? new NetworkSession(network) : undefined;
    this.lastRead = undefined;
    for (const { model } of this.documents.values()) this.joinTo(model);
  }

  private joinTo(model: DocumentModel): void {
    if (this.network) this.network.joinTo(model);
    else model.joinNetwork(undefined);
  }

  /** Whether a network is mixed in. */
  get isJoined(): boolean {
    return this.network !== undefined;
  }

  /**
   * Follows a document from now on.
   * @param text the whole of it
   * @param isUnsaved whether it differs from its file, so that other documents are to know it as it is now
   */
  open(document: string, text: string, isUnsaved = false): void {
    if (text.length > MAX_FOLLOWED_LENGTH) return;
    this.show(document, text);
    this.followed.add(document);
    if (isUnsaved) this.unshared.add(document);
  }

  /** Applies changes in order, each to the text left by the one before; ignored for a document not followed. */
  change(document: string, changes: readonly TextChange[]): void {
    const known = this.documents.get(document);
    if (!known || !this.followed.has(document)) return;
    this.unshared.add(document);
    if (!known.change(changes, this.typing(document, known))) this.loseStep(document);
  }

  /**
   * Drops every document, and reports those that were followed as out of step, so that their texts are sent to the
   * predictor that comes after.
   */
  unfollow(): void {
    const followed = [...this.followed];
    for (const document of [...this.documents.keys()]) this.forget(document);
    for (const document of followed) this.onOutOfStep(document);
  }

  read(text: TextBefore, isCancelled: () => boolean): Continuable | undefined {
    if (isCancelled()) return undefined;
    this.shareAllBut(text.document);
    const prefix = normalized(text.prefix);
    const { reader, offset } = this.readerFor(text, prefix);
    const { network } = this;
    const { depth } = reader;
    const start = (): Reader => {
      reader.rewind(depth);
      return reader;
    };
    const logLikelihoods: Continuable['logLikelihoods'] = (path, ends, following) => {
      start();
      let at = 0;
      return ends.map((end) => {
        while (at < end) reader.advance(path[at++]);
        const likelihood = logLikelihood(reader, following);
        reader.rewind(depth + end);
        return likelihood;
      });
    };
    if (!network) return { continuation: () => new MemoryContinuation(start()), logLikelihoods };
    const read = network.read(text, prefix, isCancelled);
    if (!read) return undefined;
    this.lastRead = { document: text.document, offset, read };
    return {
      continuation: () => new JoinedContinuation(start(), network.positionAfter(text.document, read)),
      logLikelihoods,
    };
  }

  warm(text: TextBefore, isCancelled: () => boolean): void {
    this.network?.read(text, normalized(text.prefix), isCancelled);
  }

  forget(document: string): void {
    this.documents.get(document)?.dispose();
    this.documents.delete(document);
    this.followed.delete(document);
    this.unshared.delete(document);
    this.network?.forget(document);
    if (this.lastRead?.document === document) this.lastRead = undefined;
  }

  /**
   * Writes on from `prime` (none: from the start of a file) in a text of its own, by all that is known of the
   * workspace. What is written is neither remembered nor learnt from.
   */
  write(prime: string): WrittenText {
    const document = `char-rnn-sample:${this.written++}`;
    const text = normalized(prime);
    const model = this.contextModel.openDocument(undefined, text);
    this.joinTo(model);
    const reader = model.reader();
    const { network } = this;
    const read = network?.read({ document, prefix: text, atFileStart: text === '' }, text, () => false);
    const continuation =
      network && read
        ? new JoinedContinuation(reader, network.positionAfter(document, read))
        : new MemoryContinuation(reader);
    return {
      predict: () => continuation.predict(),
      advance: (codePoint) => continuation.advance(codePoint),
      dispose: () => {
        model.dispose();
        network?.forget(document);
      },
    };
  }

  /** A reader at the end of `prefix`, and where in the document it began. */
  private readerFor(
    { document, offset }: TextBefore,
    prefix: string,
  ): { readonly reader: Reader; readonly offset: number } {
    const known = this.documents.get(document);
    if (known && offset !== undefined && this.followed.has(document)) {
      const end = known.offsetOf(offset);
      if (known.endsWith(prefix, end)) return { reader: known.reader(end), offset: end };
    }
    if (this.followed.has(document)) this.loseStep(document);
    return { reader: this.show(document, prefix).reader(prefix.length), offset: prefix.length };
  }

  /**
   * How typed text is put into a document: context model and network learn each character before it stands there, the
   * network where it has read the text before it.
   */
  private typing(document: string, known: OpenDocument): Typing {
    const { lastRead, network } = this;
    const positionAt = (offset: number): NetworkPosition | undefined =>
      network && lastRead?.document === document && offset === lastRead.offset
        ? network.positionAfter(document, lastRead.read)
        : undefined;
    const learn = (at: NetworkPosition | undefined, offset: number, codePoint: number): void => {
      const reader = known.reader(offset);
      if (at) at.learn(reader, codePoint);
      else reader.learn(codePoint);
      at?.advance(codePoint);
    };
    return {
      type: (offset, text) => {
        const at = positionAt(offset);
        if (!at) return known.model.type(offset, text);
        for (const character of text) {
          learn(at, offset, character.codePointAt(0)!);
          known.model.edit(offset, 0, character);
          offset += character.length;
        }
      },
      typeOver: (offset, text) => {
        const at = positionAt(offset);
        for (const character of text) {
          learn(at, offset, character.codePointAt(0)!);
          offset += character.length;
        }
      },
    };
  }

  /** Lets other documents know what changed in those that are not asked about: what was typed there, saved or not. */
  private shareAllBut(document: string): void {
    for (const name of this.unshared) {
      if (name === document) continue;
      this.unshared.delete(name);
      void this.share(name);
    }
  }

  private async share(document: string): Promise<void> {
    // Not within the request that comes first at another document.
    await setImmediate();
    const known = this.documents.get(document);
    if (!known) return;
    const text = await learnableText(this.fileOf(document), known.text);
    if (this.documents.get(document) === known) known.model.share(text);
  }

  private loseStep(document: string): void {
    this.followed.delete(document);
    this.unshared.delete(document);
    this.onOutOfStep(document);
  }

  /** Sets the document's text in the context model to `text`. */
  private show(document: string, text: string): OpenDocument {
    const known = this.documents.get(document);
    if (known) {
      known.replace(text);
      return known;
    }
    const opened = new OpenDocument(this.contextModel, this.fileOf(document), text);
    this.joinTo(opened.model);
    this.documents.set(document, opened);
    return opened;
  }
}
