import type { SourceFile } from '../../src/corpus/index.ts';
import { languageIdOf, windowStart } from '../../src/completion/parts.ts';
import type { Question, SuggestionRequest } from '../../src/completion/parts.ts';

/** The part that all requests have in common: the settings' defaults, and the project's indentation. */
export type RequestDefaults = Pick<SuggestionRequest, 'temperature' | 'maxLength' | 'indentation'>;

/** A held-out file as the extension sees it while it is typed from the top: there is no text after the cursor. */
export class Fixture {
  readonly name: string;
  readonly text: string;
  private readonly requestDefaults: RequestDefaults;
  private readonly starts: Int32Array;
  private readonly common: Omit<SuggestionRequest, 'prefix' | 'atFileStart' | 'offset'>;

  constructor({ path, text }: Pick<SourceFile, 'path' | 'text'>, requestDefaults: RequestDefaults) {
    this.name = path;
    this.text = text;
    this.requestDefaults = requestDefaults;
    this.starts = windowStarts(text);
    this.common = {
      document: path,
      suffix: '',
      languageId: languageIdOf(path),
      ...requestDefaults,
      seed: 0,
      eagerness: 'balanced',
      explicit: false,
    };
  }

  /** The same file with another text. */
  withText(text: string): Fixture {
    return new Fixture({ path: this.name, text }, this.requestDefaults);
  }

  request(at: number): SuggestionRequest {
    const start = this.starts[at];
    return {
      ...this.common,
      prefix: this.text.slice(start, at),
      atFileStart: start === 0,
      offset: at,
    };
  }

  asked(at: number): Question {
    return { request: this.request(at), revision: 0 };
  }
}

/** Start of the extension's prefix window for each position of the cursor. */
function windowStarts(text: string): Int32Array {
  const lineStarts = [0];
  const starts = new Int32Array(text.length + 1);
  for (let at = 0; at <= text.length; at++) {
    const line = lineStarts.length - 1;
    const lengthOf = (other: number) => lineStarts[other + 1] - lineStarts[other] - 1;
    const { line: startLine, character } = windowStart(lengthOf, line, at - lineStarts[line]);
    starts[at] = lineStarts[startLine] + character;
    if (text[at] === '\n') lineStarts.push(at + 1);
  }
  return starts;
}
