import { isLowSurrogate } from '../../src/common/text.ts';
import type { Eagerness } from '../../src/completion/parts.ts';
import { Calibration, type Offer } from './calibration.ts';
import type { Fixture } from './fixture.ts';

export const EAGERNESSES: readonly Eagerness[] = ['calm', 'balanced', 'eager'];

/** A way of making suggestions that is measured. */
export interface Method {
  readonly name: string;
  begin(fixture: Fixture): Session;
}

/** A method at work on one file: asked for suggestions at each position, then given the character that is typed. */
export interface Session {
  /** The suggestions at a position where nothing is shown, one for each of `eagernesses`. */
  suggestions(at: number): readonly (Offer | undefined)[];
  /** Bits that the character at a position costs; undefined for methods without probabilities. */
  bits(at: number): number | undefined;
  /** Called when the text from `at` to `end` was typed. */
  typed(at: number, end: number): void;
  end(): void;
}

/** A method's answers at all positions of a file. */
export interface Recording {
  /** Suggestions by eagerness, then by position (UTF-16 units). */
  readonly fresh: readonly (readonly (string | undefined)[])[];
  readonly characters: number;
  /** Bits of all characters; undefined for methods without probabilities. */
  readonly bits: number | undefined;
  /** Time of the suggestion at each position. */
  readonly microseconds: readonly number[];
  /** Of the suggestions of the last of `EAGERNESSES`, which come most readily. */
  readonly calibration: Calibration;
}

/** Asks at every position of the file, or up to position `until`. */
export function record(method: Method, fixture: Fixture, until = fixture.text.length): Recording {
  const { text } = fixture;
  const session = method.begin(fixture);
  const fresh = EAGERNESSES.map((): (string | undefined)[] => []);
  const microseconds: number[] = [];
  const calibration = new Calibration();
  let bits: number | undefined = 0;
  for (let at = 0; at < until;) {
    const start = performance.now();
    const suggestions = session.suggestions(at);
    microseconds.push((performance.now() - start) * 1000);
    for (const [index, suggestion] of suggestions.entries()) fresh[index][at] = suggestion?.text;
    const last = suggestions.at(-1);
    if (last) calibration.note(last, text.slice(at, at + last.text.length));
    const cost = session.bits(at);
    bits = cost === undefined || bits === undefined ? undefined : bits + cost;
    const end = at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
    session.typed(at, end);
    at = end;
  }
  session.end();
  return { fresh, characters: microseconds.length, bits, microseconds, calibration };
}

/**
 * Asks again with the text after some positions replaced by other text.
 * @throws Error if an answer at or before such a position changes, because it then knew text that was not typed yet.
 */
export function checkNoLookahead(method: Method, fixture: Fixture, recording: Recording): void {
  const { length } = fixture.text;
  for (const part of [0.13, 0.4]) {
    const offset = Math.min(Math.round(length * part), MAX_CHECKED_OFFSET);
    const cut = isLowSurrogate(fixture.text.charCodeAt(offset)) ? offset + 1 : offset;
    const typed = fixture.text.slice(0, cut);
    const other = fixture.withText(typed + scrambled(fixture.text.slice(cut)));
    const { fresh } = record(method, other, Math.min(cut + 1, length));
    for (const [index, texts] of fresh.entries()) {
      const differing = texts.findIndex((text, at) => text !== recording.fresh[index][at]);
      if (differing < 0) continue;
      throw new Error(
        `${method.name} suggested ${JSON.stringify(texts[differing])} and not ${JSON.stringify(recording.fresh[index][differing])} at ${fixture.name}:${differing} when the text from ${cut} on was another, so it depends on text that was not typed yet`,
      );
    }
  }
}

/** Code units; a replay takes as long as typing up to there. */
const MAX_CHECKED_OFFSET = 6000;

/** As many characters in another order and with other letters; deterministic. */
function scrambled(text: string): string {
  return [...text]
    .reverse()
    .map((character) =>
      /[a-y]/.test(character) ? String.fromCharCode(character.charCodeAt(0) + 1) : character,
    )
    .join('');
}
