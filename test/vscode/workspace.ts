import { cp, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Stands for a secret: it must turn up nowhere outside the workspace. */
export const canary = 'canary-7f3a91c2d45e8b60';

const root = join(import.meta.dirname, '..', '..');

/** Makes a small workspace: a few sources of ours, files of lines much alike that a small network soon knows, and a secret. */
export async function makeWorkspace(folder: string): Promise<void> {
  const source = join(folder, 'src');
  await mkdir(source, { recursive: true });
  for (const name of ['common/errors.ts', 'settings.ts']) {
    await cp(join(root, 'src', name), join(source, basename(name)));
  }
  // Several, as some are held out for validation.
  for (const module of ['files', 'editor', 'search', 'history', 'network', 'windows']) {
    await writeFile(join(source, `${module}.ts`), registrations(module));
  }
  await writeFile(join(source, 'queues.ts'), conditions());
  await writeFile(join(source, 'view.tsx'), elements());
  await writeFile(join(folder, '.env'), `API_TOKEN=${canary}\n`);
}

function registrations(module: string): string {
  const verbs = ['open', 'close', 'read', 'write', 'move', 'copy', 'list', 'find', 'sort', 'merge'];
  const nouns = [
    'file',
    'folder',
    'index',
    'record',
    'table',
    'stream',
    'buffer',
    'symbol',
    'token',
    'window',
  ];
  const lines = verbs.flatMap((verb) =>
    nouns.map(
      (noun) => `registry.register('${module}.${verb}-${noun}', (request) => ${verb}(request.${noun}));`,
    ),
  );
  return `${lines.join('\n')}\n`;
}

/** Blocks and calls that are all alike but for one name. */
function conditions(): string {
  const names = ['incoming', 'outgoing', 'waiting', 'failed', 'finished', 'delayed', 'empty', 'full'];
  return names
    .map(
      (name) => `if (registry.isReady(${name}Queue)) {\n  dispatcher.schedule(${name}Queue, registry);\n}\n`,
    )
    .join('');
}

function elements(): string {
  const names = ['File', 'Folder', 'Index', 'Record', 'Table', 'Stream', 'Buffer', 'Symbol'];
  return names.map((name) => `export const ${name}Title = () => <b>Registry of everything</b>;\n`).join('');
}
