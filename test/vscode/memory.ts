import { dirname, join } from 'node:path';

/** The file in which what is remembered of the workspace is kept. */
export function memoryPathOf({ modelPath }: { readonly modelPath: string }): string {
  return join(dirname(modelPath), 'memory.bin');
}
