import path from 'node:path';
import { pathOf } from './documents/open-document.ts';
import { negotiate, type PositionEncoding } from './documents/position-encoding.ts';
import { fieldsOf } from './params.ts';

/** What the client can do, as it says in `initialize`. */
export interface ClientAbilities {
  /** How positions are counted from now on. */
  readonly encoding: PositionEncoding;
  /** Whether it answers `workspace/configuration`. */
  readonly answersSettings: boolean;
  /** Whether it reports changes of settings to servers that ask for them. */
  readonly reportsSettings: boolean;
  /** Whether it reports files that change to servers that ask for them. */
  readonly watchesFiles: boolean;
  /** Whether it shows a progress that the server makes. */
  readonly showsProgress: boolean;
  /** Whether `textDocument/completion` can be offered after the start. */
  readonly registersCompletion: boolean;
}

/** @param params of `initialize`; whatever is missing or no part of the protocol counts as not there. */
export function abilitiesOf(params: unknown): ClientAbilities {
  const capabilities = fieldsOf(fieldsOf(params)['capabilities']);
  const has = (...keys: string[]): boolean =>
    keys.reduce((value: unknown, key) => fieldsOf(value)[key], capabilities) === true;
  const { positionEncodings } = fieldsOf(capabilities['general']);
  const offered = Array.isArray(positionEncodings) ? positionEncodings : [];
  return {
    encoding: negotiate(offered.filter((each) => typeof each === 'string')),
    answersSettings: has('workspace', 'configuration'),
    reportsSettings: has('workspace', 'didChangeConfiguration', 'dynamicRegistration'),
    watchesFiles: has('workspace', 'didChangeWatchedFiles', 'dynamicRegistration'),
    showsProgress: has('window', 'workDoneProgress'),
    registersCompletion: has('textDocument', 'completion', 'dynamicRegistration'),
  };
}

/** Absolute paths of the workspace folders, or of the one root that older clients know. */
export function foldersOf(params: unknown): string[] {
  const { workspaceFolders, rootUri, rootPath } = fieldsOf(params);
  if (Array.isArray(workspaceFolders)) {
    const uris = workspaceFolders.map((folder: unknown) => fieldsOf(folder)['uri']);
    return [...new Set(uris.flatMap((uri) => (typeof uri === 'string' ? (pathOf(uri) ?? []) : [])))];
  }
  if (typeof rootUri === 'string') return [pathOf(rootUri)].filter((each) => each !== undefined);
  const isPath = typeof rootPath === 'string' && path.isAbsolute(rootPath) && !rootPath.includes('\0');
  return isPath ? [path.resolve(rootPath)] : [];
}
