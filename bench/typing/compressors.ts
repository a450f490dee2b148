import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CodeBase } from './code-base.ts';

interface Compressor {
  readonly name: string;
  readonly program: string;
  /** Compresses the file `text` of the working folder into `packed`. */
  readonly args: readonly string[];
}

const COMPRESSORS: readonly Compressor[] = [
  { name: 'xz -9e', program: 'sh', args: ['-c', 'exec xz -9e -k -c text > packed'] },
  { name: '7z PPMd', program: '7z', args: ['a', '-t7z', '-m0=PPMd:o=16:mem=256m', 'packed', 'text'] },
  { name: 'zpaq -m5', program: 'zpaq', args: ['add', 'packed.zpaq', 'text', '-m5'] },
  // Some 10 kB a second.
  { name: 'paq8px -8', program: 'paq8px', args: ['-8', 'text', 'packed'] },
];

export interface Compressed {
  readonly name: string;
  /** Null if the program is not installed. */
  readonly bitsPerCharacter: number | null;
}

/** Bits per character of the held-out files, each compressed behind all files that were learnt. */
export function compress({ training, heldOut }: CodeBase): Compressed[] {
  const learnt = training.map(({ text }) => text).join('');
  const characters = heldOut.reduce((sum, file) => sum + file.characters, 0);
  return COMPRESSORS.map((compressor) => {
    if (!isInstalled(compressor.name.split(' ')[0])) return { name: compressor.name, bitsPerCharacter: null };
    const alone = packedBytes(compressor, learnt);
    const bytes = heldOut.reduce((sum, { text }) => sum + packedBytes(compressor, learnt + text) - alone, 0);
    return { name: compressor.name, bitsPerCharacter: (8 * bytes) / characters };
  });
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function packedBytes({ program, args }: Compressor, text: string): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'char-rnn-compress-'));
  try {
    writeFileSync(path.join(folder, 'text'), text);
    execFileSync(program, args, { cwd: folder, stdio: 'ignore' });
    // Each names what it writes with an ending of its own.
    const packed = readdirSync(folder).find((name) => name !== 'text');
    if (packed === undefined) throw new Error(`${program} wrote nothing`);
    return statSync(path.join(folder, packed)).size;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
