import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Stands for a secret: it must turn up nowhere outside the workspace. */
export const canary = 'canary-7f3a91c2d45e8b60';

/** Sources that stay as they are, whatever becomes of those of this repository. */
const sources = join(import.meta.dirname, '..', 'fixtures', 'workspace');

/** Makes a small workspace: a few sources, files of lines much alike that a small network soon knows, and a secret. */
export async function makeWorkspace(folder: string): Promise<void> {
  const source = join(folder, 'src');
  await mkdir(source, { recursive: true });
  for (const name of ['errors.ts', 'settings.ts']) await cp(join(sources, `${name}.txt`), join(source, name));
  // Several, as some are held out for validation.
  for (const module of ['files', 'editor', 'search', 'history', 'network', 'windows']) {
    await writeFile(join(source, `${module}.ts`), registrations(module));
  }
  await writeFile(join(source, 'queues.ts'), conditions());
  await writeFile(join(source, 'view.tsx'), elements());
  await writeFile(join(folder, '.env'), `API_TOKEN=${canary}\n`);
}

/** Makes the same with so many sources that what is remembered of them is worth keeping. */
export async function makeLargeWorkspace(folder: string): Promise<void> {
  await makeWorkspace(folder);
  for (let file = 0; file < 12; file++)
    await writeFile(join(folder, 'src', `large${file}.ts`), calculations(file));
  await writeFile(join(folder, 'notes.ts'), '// What is to be kept in mind.\n');
  const line = 'remember_the_elephant(garden);\n';
  await writeFile(join(folder, 'src', 'elephants.ts'), line.repeat(50));
}

/** Some 25,000 characters of functions that differ. */
function calculations(file: number): string {
  const words = ['left', 'right', 'upper', 'lower', 'inner', 'outer', 'first', 'second', 'third', 'last'];
  const functions = Array.from({ length: 250 }, (_, i) => {
    const at = file * 250 + i;
    const name = `${words[at % 10]}_${words[(at * 7 + file) % 10]}_${at}`;
    const other = words[(at * 3) % 10];
    return `export function ${name}(${other}: number): number {\n  return ${other} * ${at} + ${(at * 7919) % 997};\n}\n`;
  });
  return functions.join('\n');
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
