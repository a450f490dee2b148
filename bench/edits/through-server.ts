import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { languageIdOf } from '../../src/completion/parts.ts';
import type { SourceFile } from '../../src/corpus/index.ts';
import { EAGERNESSES } from '../typing/method.ts';
import type { TrainingLength } from '../typing/methods.ts';
import type { EditMethod } from './method.ts';
import { ServerConnection } from './server-connection.ts';

const READIEST = EAGERNESSES[EAGERNESSES.length - 1];
/** As much as the server remembers at most, in millions of characters: more than a project has that is measured. */
const MAX_MILLIONS = 16;
/** Of a question that replaces what is on screen in the server; far below the length that is measured. */
const REPLACING_LENGTH = 8;

/** Files that the server is to know. */
export interface ServedFiles {
  /** The folder that they are in. */
  readonly root: string;
  readonly files: readonly SourceFile[];
}

/**
 * The language server, asked as an editor asks it, in a copy of the files.
 * @param length how long the network is trained; undefined: the memory suggests alone, as where nobody has trained.
 */
export async function throughServer(
  name: string,
  { root, files }: ServedFiles,
  length: TrainingLength | undefined,
): Promise<EditMethod> {
  const folder = await mkdtemp(path.join(tmpdir(), 'char-rnn-lsp-'));
  const workspace = path.join(folder, 'workspace');
  const copyOf = (file: string): string => path.join(workspace, path.relative(path.resolve(root), file));
  for (const file of files) {
    await mkdir(path.dirname(copyOf(file.path)), { recursive: true });
    await writeFile(copyOf(file.path), file.text);
  }
  await mkdir(workspace, { recursive: true });
  const server = new ServerConnection(workspace, path.join(folder, 'cache'));
  await server.start(MAX_MILLIONS);
  if (length !== undefined) await train(server, length);

  const uriOf = (document: string): string => pathToFileURL(copyOf(document)).href;
  let text = TextDocument.create('', '', 0, '');
  let isOpen = false;
  let microseconds = 0;
  /** What is suggested at an offset while typing, and how long that took. */
  const timed = async (offset: number): Promise<{ suggested: string | undefined; passed: number }> => {
    const start = performance.now();
    const suggested = await server.suggestion(text.uri, text.positionAt(offset), false);
    return { suggested, passed: (performance.now() - start) * 1000 };
  };
  return {
    name,
    isApart: true,
    get lastMicroseconds() {
      return microseconds;
    },
    open: async (document, opened) => {
      text = TextDocument.create(uriOf(document), languageIdOf(document) ?? '', 1, opened);
      isOpen = true;
      await server.open(text.uri, text.languageId, opened);
    },
    change: async (_, { offset, removed, inserted }) => {
      const range = { start: text.positionAt(offset), end: text.positionAt(offset + removed) };
      text = TextDocument.update(text, [{ range, text: inserted }], text.version + 1);
      await server.change(text.uri, text.version, range, inserted);
    },
    forget: async () => {
      if (isOpen) await server.close(text.uri);
      isOpen = false;
    },
    suggestions: async ({ offset, maxLength }) => {
      const offers = [];
      for (const eagerness of EAGERNESSES) {
        await server.configure(eagerness, maxLength);
        const { suggested, passed } = await timed(offset!);
        // The first is asked for by a person; the others find all that was computed for it.
        if (offers.length === 0) microseconds = passed;
        offers.push(suggested === undefined ? undefined : { text: suggested, confidence: undefined });
      }
      // The server would leave the last text on screen while it is typed. The persons keep what each of them sees, and
      // one who has accepted a text needs a new one behind it. With another length nothing is kept.
      if (offers.some((offer) => offer !== undefined)) {
        await server.configure(READIEST, REPLACING_LENGTH);
        await timed(offset!);
      }
      return offers;
    },
    byHand: async ({ offset, maxLength }) => {
      // With other settings, so that it does not stay on screen as what another person sees who did not ask.
      await server.configure('balanced', maxLength - 1);
      return server.suggestion(text.uri, text.positionAt(offset!), true);
    },
    dispose: async () => {
      server.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function train(server: ServerConnection, { minutes, steps }: TrainingLength): Promise<void> {
  await server.command(
    'train',
    steps === undefined ? { minutes } : { minutes: Number.MAX_SAFE_INTEGER, steps },
  );
  await server.command('whenReady', {});
}
