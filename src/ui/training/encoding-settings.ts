import * as vscode from 'vscode';
import type { PreferredEncodings } from '../../corpus/index.ts';

/** VS Code's name of UTF-8, which is its default and so says nothing. */
const DEFAULT_ENCODING = 'utf8';

/** What manifests say of languages, as far as it concerns the names of files. */
interface DeclaredLanguage {
  readonly id: string;
  readonly extensions?: readonly string[];
  readonly filenames?: readonly string[];
}

/** The encodings that `files.encoding` names for a workspace folder, where `files.autoGuessEncoding` is off. */
export function encodingSettings(folder: vscode.Uri): PreferredEncodings {
  const configuration = vscode.workspace.getConfiguration(undefined, folder);
  const others = encodingOf(configuration);
  const byEnding: Record<string, string> = {};
  for (const languageId of configuration.inspect('files.encoding')?.languageIds ?? []) {
    const own = encodingOf(vscode.workspace.getConfiguration(undefined, { uri: folder, languageId }));
    for (const ending of own === others ? [] : endingsOf(languageId, configuration))
      byEnding[ending] = own ?? 'utf-8';
  }
  return { ...(others === undefined ? {} : { others }), byEnding };
}

/** By names that decoders know; undefined where the encoding is to be found out. */
function encodingOf(configuration: vscode.WorkspaceConfiguration): string | undefined {
  const encoding = configuration.get<unknown>('files.encoding');
  if (typeof encoding !== 'string' || configuration.get('files.autoGuessEncoding') === true) return undefined;
  if (encoding === DEFAULT_ENCODING || encoding === 'utf8bom') return undefined;
  return encoding.replace(/^utf16(?=[lb]e$)/, 'utf-16').replace(/^windows(?=\d)/, 'windows-');
}

/** Ends of the names of a language's files, in lower case. */
function endingsOf(languageId: string, configuration: vscode.WorkspaceConfiguration): string[] {
  const declared = vscode.extensions.all.flatMap(({ packageJSON }) => {
    const { contributes } = packageJSON as { contributes?: { languages?: readonly DeclaredLanguage[] } };
    const languages = contributes?.languages?.filter(({ id }) => id === languageId) ?? [];
    return languages.flatMap(({ extensions = [], filenames = [] }) => [...extensions, ...filenames]);
  });
  const associations = configuration.get<Readonly<Record<string, string>>>('files.associations') ?? {};
  const associated = Object.entries(associations)
    .filter(([glob, id]) => id === languageId && /^\*\.[\w.-]+$/.test(glob))
    .map(([glob]) => glob.slice(1));
  return [...declared, ...associated].map((ending) => ending.toLowerCase());
}
