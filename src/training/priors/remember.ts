import { createMemory, type Memory } from '../../memory/index.ts';
import type { NamedText } from './protocol.ts';

/** A memory of the files, made for as much as they are: of a large corpus it counts less, or it would not fit. */
export async function memoryOf(files: readonly NamedText[], create = createMemory): Promise<Memory> {
  const memory = await create(files.reduce((sum, { text }) => sum + text.length, 0));
  for (const { name, text } of files) memory.learnFileNow(name, text);
  return memory;
}
