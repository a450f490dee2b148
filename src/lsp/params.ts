import { LSPErrorCodes, ResponseError, ErrorCodes } from 'vscode-languageserver/node';
import { UserFacingError } from '../common/errors.ts';

/** What came over the wire, before it was looked at. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object; none where it is something else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** @param sentence what is wrong with the parameters of a request. */
export function invalidParams(sentence: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, sentence);
}

/** Any error as it is answered: one that is meant for a user as it is, everything else by its sentence alone. */
export function errorAnswer(error: unknown): ResponseError<void> {
  if (error instanceof ResponseError) return error as ResponseError<void>;
  if (error instanceof UserFacingError) return new ResponseError(LSPErrorCodes.RequestFailed, error.message);
  const reason = error instanceof Error ? error.message : String(error);
  return new ResponseError(
    ErrorCodes.InternalError,
    `Char-RNN met a fault of its own: ${reason}; the log has the details.`,
  );
}

/** The URI of `textDocument` in the parameters of a message. @throws ResponseError where there is none. */
export function documentUriOf(params: unknown): string {
  const { uri } = fieldsOf(fieldsOf(params)['textDocument']);
  if (typeof uri !== 'string') throw invalidParams('textDocument.uri must be a text.');
  return uri;
}

/** A position as the client counts. */
export interface WirePosition {
  readonly line: number;
  readonly character: number;
}

/** @throws ResponseError where it is no position. */
export function positionOf(value: unknown): WirePosition {
  const { line, character } = fieldsOf(value);
  if (!isCount(line) || !isCount(character))
    throw invalidParams('A position must have a line and a character, both whole numbers of at least 0.');
  return { line, character };
}

/** Whether a value is a whole number of at least 0, as the protocol's `uinteger`. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31;
}
