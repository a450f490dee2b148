import type { TextChange } from '../../../completion/index.ts';

/** A text that was taken from a suggestion and may still be in its document. */
interface AcceptedText {
  readonly document: string;
  readonly language: string;
  readonly text: string;
  /** Where it begins now, in UTF-16 units. */
  start: number;
  /** Whether anything changed in it; until then it is there without looking. */
  isTouched: boolean;
  /** Set where its document was closed, when it was looked for the last time. */
  wasThere: boolean | undefined;
  readonly dueMs: number;
}

/** An accepted text and whether it is still there. */
export interface Judgement {
  readonly language: string;
  readonly isKept: boolean;
}

/** How long after it was taken a text is looked for. */
export const JUDGED_AFTER_MS = 5 * 60_000;
/** More than anybody takes in five minutes. */
const MAX_TEXTS = 500;
/** A text that was changed around is looked for within so many units of where it was. */
const SEARCH_RADIUS = 200;

/** Follows texts that were taken, until it is time to see whether they are still there. Nothing of them is stored. */
export class AcceptedTexts {
  private texts: AcceptedText[] = [];

  /** Begins to follow a text that stands in a document from `start` on. */
  add(document: string, start: number, text: string, language: string, nowMs: number): void {
    const dueMs = nowMs + JUDGED_AFTER_MS;
    this.texts.push({ document, language, text, start, isTouched: false, wasThere: undefined, dueMs });
    if (this.texts.length > MAX_TEXTS) this.texts.shift();
  }

  /** When the next text is to be judged; undefined where none is followed. */
  get nextDueMs(): number | undefined {
    return this.texts[0]?.dueMs;
  }

  noteChange(document: string, changes: readonly TextChange[]): void {
    for (const text of this.texts) {
      if (text.document !== document || text.wasThere !== undefined) continue;
      for (const change of changes) follow(text, change);
    }
  }

  /** @param content of the document as it is closed. */
  noteClose(document: string, content: () => string): void {
    for (const text of this.texts) if (text.document === document) text.wasThere ??= isThere(text, content);
  }

  /**
   * Judges the texts that are due, which are then followed no more.
   * @param contentOf an open document; undefined where it is not open.
   */
  judge(nowMs: number, contentOf: (document: string) => string | undefined): readonly Judgement[] {
    const due = this.texts.filter(({ dueMs }) => dueMs <= nowMs);
    this.texts = this.texts.filter(({ dueMs }) => dueMs > nowMs);
    return due.map((text) => ({
      language: text.language,
      isKept: text.wasThere ?? isThere(text, () => contentOf(text.document) ?? ''),
    }));
  }

  clear(): void {
    this.texts = [];
  }
}

/** Moves a text as a change of its document does. Changes of one event are ordered from the end, as VS Code has them. */
function follow(text: AcceptedText, { offset, removed, inserted }: TextChange): void {
  const end = text.start + text.text.length;
  if (offset >= end) return;
  if (offset + removed <= text.start) {
    text.start += inserted.length - removed;
    return;
  }
  text.isTouched = true;
  text.start = Math.min(text.start, offset);
}

function isThere(text: AcceptedText, content: () => string): boolean {
  if (!text.isTouched) return true;
  const from = Math.max(0, text.start - SEARCH_RADIUS);
  return content()
    .slice(from, text.start + text.text.length + SEARCH_RADIUS)
    .includes(text.text);
}
