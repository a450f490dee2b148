import type { CancellationToken } from 'vscode-languageserver/node';
import { UserFacingError } from '../../common/errors.ts';
import { MAX_ANNOTATED_LENGTH, type SuggestionClient } from '../../completion/index.ts';
import {
  MAX_PRIME_LENGTH,
  MAX_SAMPLE_LENGTH,
  MAX_TEMPERATURE,
  SAMPLE_LENGTH,
  SAMPLE_TEMPERATURE,
} from '../../session/index.ts';
import type { LineSurprise } from '../../surprise/index.ts';
import { abortedBy } from '../abort.ts';
import type { OpenDocuments } from '../documents/open-documents.ts';
import { type Fields, invalidParams, isCount } from '../params.ts';
import type { ServerSettings } from '../settings/server-settings.ts';
import type { ServerWorkspace } from '../workspace/workspace.ts';
import type { ShownProgress } from './progress.ts';
import type { ServerTraining } from './training.ts';

/** The parts that commands act on. */
export interface CommandContext {
  readonly client: SuggestionClient;
  readonly documents: OpenDocuments;
  readonly settings: ServerSettings;
  readonly workspace: ServerWorkspace;
  readonly training: ServerTraining;
  /** Whether the client reports files that change. */
  readonly watchesFiles: boolean;
}

/** A command under way. */
export interface CommandRun {
  /** The first argument, which is an object with what the command wants to know. */
  readonly given: Fields;
  readonly token: CancellationToken;
  /** Where the client is shown how far it is. */
  readonly makeProgress: () => Promise<ShownProgress>;
}

type Command = (context: CommandContext, run: CommandRun) => unknown;

/** What `workspace/executeCommand` can run. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  'charRnn.train': ({ training }, { given, token, makeProgress }) =>
    training.train(given, token, makeProgress),
  'charRnn.stopTraining': ({ training }) => ({ stopped: training.stop() }),
  'charRnn.deleteModel': deleteModel,
  'charRnn.sample': sample,
  'charRnn.surprise': surprise,
  'charRnn.whenReady': whenReady,
};

/** For good: the protocol has no way to offer an Undo. */
async function deleteModel({ workspace, training }: CommandContext): Promise<{ deleted: boolean }> {
  training.requireIdle();
  const { model, memory } = workspace.requireStored();
  if ((await model.exists()) && !(await model.looksLikeModel())) {
    throw new UserFacingError(
      `The file ${model.path} is not a Char-RNN model, so it was not deleted; name a model file in charRnn.model.`,
    );
  }
  // First, because it is refused while another process trains; then nothing is to be deleted.
  const aside = await model.putAside();
  await memory.forget();
  if (aside !== undefined) await model.purge(aside);
  await workspace.refresh();
  return { deleted: aside !== undefined };
}

/** @returns `text`, what the network writes from `prime` on, which is not in it. */
async function sample(
  { client, settings, workspace }: CommandContext,
  { given, token }: CommandRun,
): Promise<{ text: string }> {
  const { prime = '', length = SAMPLE_LENGTH, seed = Math.floor(Math.random() * 2 ** 32) } = given;
  const temperature = given['temperature'] ?? (settings.get('charRnn.temperature') || SAMPLE_TEMPERATURE);
  if (typeof prime !== 'string') throw invalidParams('prime must be a text.');
  if (!isCount(length) || length > MAX_SAMPLE_LENGTH)
    throw invalidParams(`length must be a whole number from 0 to ${MAX_SAMPLE_LENGTH}.`);
  if (typeof temperature !== 'number' || temperature < 0 || temperature > MAX_TEMPERATURE)
    throw invalidParams(`temperature must be a number from 0 to ${MAX_TEMPERATURE}.`);
  if (typeof seed !== 'number' || !Number.isSafeInteger(seed))
    throw invalidParams('seed must be a whole number.');
  await workspace.refresh();
  await client.whenLoaded();
  let text = '';
  await client.sample(
    { prime: prime.slice(-MAX_PRIME_LENGTH), length, temperature, seed },
    (part) => (text += part),
    abortedBy(token),
  );
  return { text };
}

/**
 * @returns `lines`, the surprise of each line of the open document `uri` in bits, in the order of the document; lines of
 * more than 1,000 characters are left out, as blank ones are
 * @throws UserFacingError for a document that is too long, and while no files are read
 */
async function surprise(
  { client, documents, workspace }: CommandContext,
  { given, token }: CommandRun,
): Promise<{ lines: LineSurprise[] }> {
  const document = documents.require({ textDocument: { uri: given['uri'] } });
  if (!workspace.isRead) {
    throw new UserFacingError(
      'No files of the workspace are read that lines could be compared with; open a folder, and switch charRnn.surprise.enabled on.',
    );
  }
  const text = document.getText();
  if (text.length > MAX_ANNOTATED_LENGTH) {
    const max = MAX_ANNOTATED_LENGTH.toLocaleString('en');
    throw new UserFacingError(
      `No lines of ${document.name} are rated, because it has more than ${max} characters; name another document.`,
    );
  }
  const lines: LineSurprise[] = [];
  await client.surprise.rate(
    {
      document: document.name,
      text,
      languageId: document.standardLanguageId,
      first: [],
    },
    (rated) => lines.push(...rated),
    abortedBy(token),
  );
  return { lines: lines.sort((a, b) => a.line - b.line) };
}

/** Settles when the files are remembered, what was changed is learnt, and the model is loaded. */
async function whenReady(
  { client, workspace, watchesFiles }: CommandContext,
  { token }: CommandRun,
): Promise<{ files: number; characters: number; model: Fields | null }> {
  await workspace.refresh();
  if (watchesFiles) workspace.changes.flush();
  // What nobody reports is found by reading.
  else if (client.workspace) workspace.readAgain();
  try {
    await client.whenSettled(abortedBy(token));
  } catch (error) {
    const { status } = client;
    throw status.kind === 'failed' ? new UserFacingError(status.sentence) : error;
  }
  const { files, characters } = client.workspace ?? { files: 0, characters: 0 };
  const { status } = client;
  const path = workspace.modelPath;
  return { files, characters, model: status.kind === 'ready' ? { path, ...status.summary } : null };
}
