/** A message of the base protocol, or what came in place of one. */
export type Frame =
  | { readonly kind: 'message'; readonly value: unknown }
  | {
      readonly kind: 'broken';
      /** Why nothing could be read, as a sentence. */
      readonly reason: string;
      /** Of the request, where it is still known. */
      readonly id: number | string | null;
    };

/** Larger than any document that an editor edits; what is larger is not kept in memory. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** Bytes within which the headers of a message must end. */
const MAX_HEADER_BYTES = 8192;
/** Bytes at the beginning of a body in which the id of a request is looked for. */
const ID_BYTES = 256;

const HEADER_END = '\r\n\r\n';
const LENGTH_HEADER = /content-length:[ \t]*(\d+)[ \t]*(?:\r\n|$)/i;
const LENGTH_NAME = /content-length:/i;
/** Headers within a body: JSON has no line end within a text, and no such words outside of one. */
const HEADERS_IN_BODY = /content-length:[ \t]*\d+[ \t]*\r\n/i;

/**
 * Cuts a stream of bytes into messages: headers, an empty line and `Content-Length` bytes of JSON in UTF-8 (Language
 * Server Protocol, base protocol). Whatever is no such message is reported, and reading goes on with the next headers.
 */
export class MessageFraming {
  private pending: Buffer = Buffer.alloc(0);
  private chunks: Buffer[] = [];
  private chunkBytes = 0;
  /** Length of the body that is read; undefined while headers are. */
  private bodyBytes: number | undefined;
  /** Bytes still to come of a body that is too large. */
  private skippedBytes = 0;
  /** Whether what follows a broken header is passed over until there are headers again. */
  private isLost = false;

  /** The messages that are complete with these bytes. */
  *read(bytes: Buffer): Generator<Frame, void, void> {
    this.chunks.push(bytes);
    this.chunkBytes += bytes.length;
    // A large body comes in many chunks, which are joined once.
    if (this.bodyBytes !== undefined && this.isWaiting(bytes)) return;
    this.pending = Buffer.concat([this.pending, ...this.chunks]);
    this.chunks = [];
    this.chunkBytes = 0;
    for (let goesOn = true; goesOn;) {
      const before = this.pending.length;
      const hadBody = this.bodyBytes !== undefined;
      const frame = this.next();
      if (frame) yield frame;
      goesOn =
        frame !== undefined || this.pending.length !== before || hadBody !== (this.bodyBytes !== undefined);
    }
  }

  private isWaiting(bytes: Buffer): boolean {
    const isIncomplete = this.pending.length + this.chunkBytes < this.bodyBytes!;
    return isIncomplete && !LENGTH_NAME.test(bytes.toString('latin1'));
  }

  /** The next frame; undefined where more bytes are needed, or some were passed over. */
  private next(): Frame | undefined {
    if (this.skippedBytes > 0) {
      const skipped = Math.min(this.skippedBytes, this.pending.length);
      this.skippedBytes -= skipped;
      this.pending = this.pending.subarray(skipped);
      return undefined;
    }
    if (this.bodyBytes === undefined) return this.isLost ? this.seek() : this.readHeaders();
    return this.readBody(this.bodyBytes);
  }

  private readHeaders(): Frame | undefined {
    const end = this.pending.indexOf(HEADER_END);
    if (end < 0) {
      if (this.pending.length <= MAX_HEADER_BYTES) return undefined;
      this.isLost = true;
      return broken('The headers of a message do not end, so they are passed over.');
    }
    const headers = this.pending.toString('latin1', 0, end);
    const length = Number(LENGTH_HEADER.exec(headers)?.[1]);
    if (!Number.isSafeInteger(length)) {
      this.pending = this.pending.subarray(end + HEADER_END.length);
      this.isLost = true;
      return broken('A message has no Content-Length that is a number, so it is passed over.');
    }
    this.pending = this.pending.subarray(end + HEADER_END.length);
    // Left over from a message that was longer than it said.
    const hasRubbish = !/^[\w-]+:/.test(headers);
    if (length > MAX_BODY_BYTES) {
      const id = idOf(this.pending);
      this.skippedBytes = length;
      return {
        kind: 'broken',
        reason: `A message has ${length} bytes, more than the ${MAX_BODY_BYTES} that are read, so it is passed over.`,
        id,
      };
    }
    this.bodyBytes = length;
    return hasRubbish ? broken('Bytes between two messages are passed over.') : undefined;
  }

  private readBody(length: number): Frame | undefined {
    const body = this.pending.subarray(0, length);
    if (body.length < length) {
      const headers = HEADERS_IN_BODY.exec(body.toString('latin1'));
      if (!headers) return undefined;
      return this.giveUp(headers.index);
    }
    try {
      const value: unknown = JSON.parse(body.toString('utf8'));
      this.pending = this.pending.subarray(length);
      this.bodyBytes = undefined;
      return { kind: 'message', value };
    } catch {
      const headers = HEADERS_IN_BODY.exec(body.toString('latin1'));
      return this.giveUp(headers?.index ?? length);
    }
  }

  /** Goes on behind `bytes` of a body that is no JSON. */
  private giveUp(bytes: number): Frame {
    this.pending = this.pending.subarray(bytes);
    this.bodyBytes = undefined;
    return broken('The body of a message is not JSON in UTF-8, so it is passed over.');
  }

  /** Passes over bytes until there are headers. */
  private seek(): undefined {
    const found = LENGTH_NAME.exec(this.pending.toString('latin1'));
    if (found) this.isLost = false;
    // The name may be cut in two by the chunks.
    const keep = found
      ? this.pending.length - found.index
      : Math.min(this.pending.length, 'content-length'.length);
    this.pending = this.pending.subarray(this.pending.length - keep);
    return undefined;
  }
}

function broken(reason: string): Frame {
  return { kind: 'broken', reason, id: null };
}

/** The id of a request by the beginning of its body, where clients write it. */
function idOf(body: Buffer): number | string | null {
  const found = /"id"\s*:\s*(\d{1,15}|"[^"\\]*")\s*[,}]/.exec(body.toString('utf8', 0, ID_BYTES));
  return found ? (JSON.parse(found[1]) as number | string) : null;
}
