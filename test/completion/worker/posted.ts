import type { FromSuggestionWorker } from '../../../src/completion/worker/protocol.ts';

/** The ids of the requests that were answered, in order. */
export function repliesIn(posted: readonly FromSuggestionWorker[]): number[] {
  return posted.flatMap((message) => (message.type === 'reply' ? [message.id] : []));
}

/** The lines that a request was sent in parts. */
export function linesIn(posted: readonly FromSuggestionWorker[], id: number): { line: number }[] {
  return posted.flatMap((message) =>
    message.type === 'part' && message.id === id ? (message.part as { line: number }[]) : [],
  );
}
