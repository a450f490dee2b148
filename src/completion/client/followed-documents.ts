import { MAX_FOLLOWED_LENGTH } from '../predict/limits.ts';
import type { TextChange } from '../predict/open-document.ts';
import type { DocumentNotice } from '../worker/protocol.ts';

/** A document whose text is read only where it is needed. */
export interface DocumentText {
  /** Whether the text differs from that of its file. */
  readonly isUnsaved: boolean;
  /** Length in UTF-16 units, without reading the text. */
  readonly length: () => number;
  readonly text: () => string;
}

/** Which documents the worker follows; sends it their texts and changes. */
export class FollowedDocuments {
  private readonly send: (notice: DocumentNotice) => void;
  private readonly followed = new Set<string>();
  /** Those that the worker failed to open: until they are closed they would fail again. */
  private readonly failed = new Set<string>();

  constructor(send: (notice: DocumentNotice) => void) {
    this.send = send;
  }

  /** Sends the text of a document, unless it is followed already, too long, or failed to open. */
  follow(document: string, { length, text, isUnsaved }: DocumentText): void {
    if (this.followed.has(document) || this.failed.has(document) || length() > MAX_FOLLOWED_LENGTH) return;
    this.followed.add(document);
    this.send({ type: 'open', document, text: text(), isUnsaved });
  }

  /** Sends what changed in a document that is followed. */
  change(document: string, changes: readonly TextChange[]): void {
    if (changes.length > 0 && this.followed.has(document)) this.send({ type: 'change', document, changes });
  }

  /** The document was closed. */
  close(document: string): void {
    this.followed.delete(document);
    this.failed.delete(document);
    this.send({ type: 'forget', document });
  }

  /** The worker does not follow the document any more; `follow` opens it again. */
  lose(document: string): void {
    this.followed.delete(document);
  }

  /** The worker cannot follow the document. */
  fail(document: string): void {
    this.followed.delete(document);
    this.failed.add(document);
  }

  /** The worker knows no document any more. */
  clear(): void {
    this.followed.clear();
    this.failed.clear();
  }
}
