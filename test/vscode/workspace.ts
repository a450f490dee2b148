import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Stands for a secret: it must turn up nowhere outside the workspace. */
export const canary = 'canary-7f3a91c2d45e8b60';

const root = join(import.meta.dirname, '..', '..');

/** Makes a small workspace: sources of ours, a file of lines much alike that a small network soon knows, and a secret. */
export async function makeWorkspace(folder: string): Promise<void> {
  await mkdir(join(folder, 'src'), { recursive: true });
  for (const name of ['corpus', 'training']) {
    await cp(join(root, 'src', name), join(folder, 'src', name), { recursive: true });
  }
  await writeFile(join(folder, 'src', 'registry.ts'), registry());
  await writeFile(join(folder, '.env'), `API_TOKEN=${canary}\n`);
}

function registry(): string {
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
    nouns.map((noun) => `registry.register('${verb}-${noun}', (request) => ${verb}(request.${noun}));`),
  );
  return `${lines.join('\n')}\n`;
}
