import type { Eagerness } from '../../src/completion/parts.ts';
import { EAGERNESSES, type Recording } from './method.ts';
import type { Fixture } from './fixture.ts';
import { ACCEPTS, type, type TypingStyle, type Tally } from './typist.ts';

/** One line of the table; fractions are from 0 to 1. */
export interface Row extends TypingStyle {
  readonly method: string;
  readonly eagerness: Eagerness;
  /** 1 - keys / characters. */
  readonly saved: number;
  /** Share of the different texts shown that were accepted. */
  readonly precision: number;
  /** Different texts shown per 100 characters typed or taken. */
  readonly shownPer100: number;
  /** Mean number of characters that a key accepts which accepts any. */
  readonly meanAccepted: number;
  /** Bits per character while the method adapts to the typed text; null for methods without probabilities. */
  readonly bitsPerCharacter: number | null;
  /** Median time of a suggestion on this machine. */
  readonly microsecondsP50: number;
  readonly microsecondsP95: number;
  readonly microsecondsP99: number;
}

export interface Recorded {
  readonly fixture: Fixture;
  readonly recording: Recording;
}

const READERS = [0, 1, 2, 3];

/** One row for each eagerness, reader and way to accept. */
export function rowsOf(method: string, recorded: readonly Recorded[]): Row[] {
  const sum = (of: (recording: Recording) => number) =>
    recorded.reduce((total, { recording }) => total + of(recording), 0);
  const hasBits = recorded.every(({ recording }) => recording.bits !== undefined);
  const bitsPerCharacter = hasBits
    ? sum(({ bits }) => bits ?? 0) / sum(({ characters }) => characters)
    : null;
  const times = recorded.flatMap(({ recording }) => recording.microseconds).sort((a, b) => a - b);
  const percentile = (part: number) => times[Math.floor(part * (times.length - 1))] ?? 0;
  const shared = {
    bitsPerCharacter,
    microsecondsP50: percentile(0.5),
    microsecondsP95: percentile(0.95),
    microsecondsP99: percentile(0.99),
  };
  return EAGERNESSES.flatMap((eagerness, index) =>
    READERS.flatMap((reader) =>
      ACCEPTS.map((accept) => {
        const tallies = recorded.map(({ fixture, recording }) =>
          type(
            {
              text: fixture.text,
              request: (at) => fixture.asked(at),
              fresh: (at) => recording.fresh[index][at],
            },
            { reader, accept },
          ),
        );
        return { method, eagerness, reader, accept, ...shares(tallies), ...shared };
      }),
    ),
  );
}

export function shares(
  tallies: readonly Tally[],
): Pick<Row, 'saved' | 'precision' | 'shownPer100' | 'meanAccepted'> {
  const total = (field: keyof Tally) => tallies.reduce((sum, tally) => sum + tally[field], 0);
  const ratio = (part: number, of: number) => (of > 0 ? part / of : 0);
  return {
    saved: ratio(total('characters') - total('keys'), total('characters')),
    precision: ratio(total('accepted'), total('shown')),
    shownPer100: 100 * ratio(total('shown'), total('characters')),
    meanAccepted: ratio(total('taken'), total('takes')),
  };
}
