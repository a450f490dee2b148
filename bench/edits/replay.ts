import { languageIdOf, positionOf } from '../../src/completion/parts.ts';
import type { Position, Question, SuggestionRequest } from '../../src/completion/parts.ts';
import type { RequestDefaults } from '../typing/fixture.ts';
import { ACCEPTS, emptyTally, Typist, type Tally, type TypingStyle } from '../typing/typist.ts';
import { autoClosed, plainlyTyped, type Action } from './auto-close.ts';
import { EditedDocument } from './edited-document.ts';
import { Calibration } from '../typing/calibration.ts';
import { EAGERNESSES } from '../typing/method.ts';
import { READINESSES, type EditMethod } from './method.ts';
import type { Job } from './versions.ts';

export const positions: readonly Position[] = ['end', 'closers', 'middle'];
type Readiness = (typeof READINESSES)[number];

/** The simulated persons, and what they did at each position. */
export interface Person extends TypingStyle {
  readonly eagerness: Readiness;
  readonly tallies: Readonly<Record<Position, Tally>>;
}

export interface Replay {
  readonly persons: readonly Person[];
  /** Of each suggestion while typing, by position. */
  readonly microseconds: Readonly<Record<Position, number[]>>;
  /** Of the suggestions that come most readily, by position. */
  readonly calibration: Readonly<Record<Position, Calibration>>;
}

/** What is suggested at one place, for comparison. */
export interface Answer {
  readonly edit: number;
  readonly at: number;
  readonly suggestions: readonly (string | undefined)[];
}

export interface ReplayOptions {
  readonly requestDefaults: RequestDefaults;
  readonly isAutoClosing: boolean;
}

const READERS = [0, 1, 2, 3];

export function emptyReplay(): Replay {
  const persons = READINESSES.flatMap((eagerness) =>
    READERS.flatMap((reader) =>
      ACCEPTS.map((accept) => ({
        eagerness,
        reader,
        accept,
        tallies: { end: emptyTally(), closers: emptyTally(), middle: emptyTally() },
      })),
    ),
  );
  return {
    persons,
    microseconds: { end: [], closers: [], middle: [] },
    calibration: { end: new Calibration(), closers: new Calibration(), middle: new Calibration() },
  };
}

/**
 * Makes the edits of a file as people do: what is removed goes first, then the new text is typed in its place. All
 * persons go along: the method sees each character typed, and who takes a suggestion goes on where it ends.
 * @param onAnswer sees every answer in turn; false ends the replay.
 */
export async function replay(
  method: EditMethod,
  job: Job,
  { requestDefaults, isAutoClosing }: ReplayOptions,
  { persons, microseconds, calibration }: Replay,
  onAnswer: (answer: Answer) => boolean = () => true,
): Promise<void> {
  const name = job.path;
  const document = new EditedDocument(job.text);
  await method.forget(name);
  await method.open(name, job.text);
  const change = (removed: number, inserted: string, behind: string) =>
    method.change(name, document.replace(removed, inserted, behind));
  for (const [edit, { offset, removed, inserted }] of job.edits.entries()) {
    document.moveTo(offset);
    if (removed > 0) await change(removed, '', '');
    const typists = persons.map((person) => ({ person, typist: new Typist(inserted, person) }));
    for (const action of actionsFor(inserted, document, name, isAutoClosing)) {
      const { at, length, kind, end, behind } = action;
      if (kind === 'moved') {
        document.moveTo(document.offset + length);
        for (const { typist } of typists) if (typist.at === at) typist.moveTo(at + length);
        continue;
      }
      const request: SuggestionRequest = {
        document: name,
        ...document.surroundings(),
        offset: document.offset,
        languageId: languageIdOf(name),
        ...requestDefaults,
        seed: 0,
        eagerness: 'balanced',
        explicit: false,
      };
      const position = positionOf(document.restOfLine);
      const start = performance.now();
      const offers = await method.suggestions(request);
      const passed = (performance.now() - start) * 1000;
      microseconds[position].push(method.lastMicroseconds ?? passed);
      const readiest = offers[EAGERNESSES.length - 1];
      if (readiest) calibration[position].note(readiest, inserted.slice(at, end));
      const suggestions = offers.map((offer) => offer?.text);
      if (!onAnswer({ edit, at, suggestions })) return;
      const byHand = beginsWord(request.prefix) ? await method.byHand(request) : undefined;
      const byReadiness = new Map(
        READINESSES.map((readiness, index) => [
          readiness,
          readiness === 'explicit' ? byHand : suggestions[index],
        ]),
      );
      const question: Question = { request, revision: 0 };
      for (const { person, typist } of typists) {
        if (typist.at !== at) continue;
        const fresh = () => byReadiness.get(person.eagerness);
        typist.press({ question, fresh, tally: person.tallies[position], end });
      }
      await change(kind === 'overtyped' ? length : 0, inserted.slice(at, at + length), behind);
    }
  }
  await method.forget(name);
}

/** Where a person asks by hand: where a word or a line begins, and nothing is shown. */
function beginsWord(prefix: string): boolean {
  return !/[\p{L}\p{N}_]$/u.test(prefix);
}

function actionsFor(
  inserted: string,
  document: EditedDocument,
  name: string,
  isAutoClosing: boolean,
): readonly Action[] {
  if (!isAutoClosing) return plainlyTyped(inserted);
  return autoClosed(inserted, { before: document.lineBefore, after: document.restOfLine }, name);
}

/**
 * Makes one edit again with other text from some place of it on. Without auto-closing: which closers the person
 * deletes at once is decided by what is to be typed.
 * @throws Error when an answer before that place changes: then it knew what was not typed yet.
 */
export async function checkNoLookahead(
  method: EditMethod,
  jobs: readonly Job[],
  requestDefaults: RequestDefaults,
): Promise<void> {
  const options = { requestDefaults, isAutoClosing: false };
  const found = jobs
    .flatMap((job) => job.edits.map((edit, index) => ({ job, index, length: edit.inserted.length })))
    .find(({ length }) => length >= MIN_CHECKED);
  if (!found) return;
  const { job, index, length } = found;
  const cut = Math.min(Math.floor(length / 2), MAX_CHECKED);
  const { inserted } = job.edits[index];
  const other =
    inserted.slice(0, cut) +
    [...inserted.slice(cut)]
      .reverse()
      .join('')
      .replace(/[\p{L}\p{N}]/gu, 'q');
  const edits = [...job.edits.slice(0, index), { ...job.edits[index], inserted: other }];
  const answers = await answersUntil(method, job, options, index, cut);
  const others = await answersUntil(method, { ...job, edits }, options, index, cut);
  for (const [place, suggestions] of answers) {
    const changed = others.get(place);
    if (changed === undefined || changed === suggestions) continue;
    throw new Error(
      `${method.name} suggested ${changed} and not ${suggestions} at ${place} of ${job.path} when text that was to be typed later was another, so it depends on text that was not typed yet`,
    );
  }
}

const MIN_CHECKED = 40;
const MAX_CHECKED = 400;

async function answersUntil(
  method: EditMethod,
  job: Job,
  options: ReplayOptions,
  lastEdit: number,
  cut: number,
): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  await replay(method, job, options, { ...emptyReplay(), persons: [] }, ({ edit, at, suggestions }) => {
    if (edit === lastEdit && at > cut) return false;
    answers.set(`character ${at} of edit ${edit}`, JSON.stringify(suggestions));
    return true;
  });
  return answers;
}
