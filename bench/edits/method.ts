import {
  automaticThresholds,
  explicitThresholds,
  Suggester,
  worthShowing,
} from '../../src/completion/parts.ts';
import type {
  Eagerness,
  ContextModelPredictor,
  SuggestionRequest,
  TextChange,
} from '../../src/completion/parts.ts';
import type { Offer } from '../typing/calibration.ts';
import { EAGERNESSES } from '../typing/method.ts';
import { KnownWords, longEnough, offersOf } from '../typing/words.ts';

/** How readily suggestions come; `explicit`: asked for by hand. */
export const READINESSES = [...EAGERNESSES, 'explicit'] as const satisfies readonly (
  Eagerness | 'explicit'
)[];

/** A way to suggest that is measured along documents that are edited. */
export interface EditMethod {
  readonly name: string;
  /** Set for a method in another process, which gets to know what is typed only as it is typed. */
  readonly isApart?: true;
  /** Of the suggestion that was asked for last, where the method measures it itself. */
  readonly lastMicroseconds?: number;
  open(document: string, text: string): Eventually<void>;
  change(document: string, change: TextChange): Eventually<void>;
  forget(document: string): Eventually<void>;
  /** What is suggested while typing, by `eagernesses`. */
  suggestions(request: SuggestionRequest): Eventually<readonly (Offer | undefined)[]>;
  /** What is suggested first when asked for by hand. */
  byHand(request: SuggestionRequest): Eventually<string | undefined>;
  /** Ends what the method started. */
  dispose?(): Promise<void>;
}

/** What a method answers: in this process at once, in another one later. */
type Eventually<T> = T | Promise<T>;

const automatic = EAGERNESSES.map((eagerness) => automaticThresholds[eagerness]);
const MIN_FLOOR = Math.min(...automatic.map(({ floor }) => floor));

/**
 * The extension's own suggester.
 * @param settled settles when nothing of a document is left to be read in the background, as between a person's keys.
 */
export function suggesting(
  name: string,
  predictor: ContextModelPredictor,
  settled: () => Promise<void>,
): EditMethod {
  const suggester = new Suggester(predictor);
  return {
    name,
    open: async (document, text) => {
      predictor.open(document, text);
      await settled();
    },
    change: async (document, change) => {
      predictor.change(document, [change]);
      await settled();
    },
    forget: (document) => suggester.forget(document),
    suggestions: (request) => {
      const proposal = suggester.propose(request, MIN_FLOOR);
      return automatic.map((thresholds) => proposal && worthShowing(proposal, thresholds));
    },
    byHand: (request) => {
      const proposal = suggester.propose({ ...request, explicit: true }, explicitThresholds.floor);
      return proposal && worthShowing(proposal, explicitThresholds)?.text;
    },
  };
}

/** Words of the document, VS Code's own habit: the word used last that begins as the one at the cursor. */
export function wordsOfDocument(): EditMethod {
  let known = new KnownWords();
  const completed = ({ prefix }: SuggestionRequest) => {
    const [, begun, ended] = /([\p{L}\p{N}_$]*)([^\p{L}\p{N}_$]?)$/u.exec(prefix)!;
    if (ended !== '') known.note(begun);
    return ended === '' ? known.complete(begun) : undefined;
  };
  return {
    name: 'words',
    open: (_, text) => {
      known = new KnownWords();
      known.read(text);
    },
    change: () => undefined,
    forget: () => undefined,
    suggestions: (request) => offersOf(completed(request)),
    byHand: (request) => longEnough(completed(request), 1),
  };
}
