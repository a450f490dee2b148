import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The text of a file that is much like those of the others. */
export function readerFile(functions: number): string {
  const texts = Array.from(
    { length: functions },
    (_, index) =>
      `static int read_value_${index}(struct reader *reader)\n{\n\treturn reader->values[${index}];\n}\n`,
  );
  return texts.join('\n');
}

/** Writes a workspace of files that are much alike. */
export async function writeWorkspace(folder: string, files = 6): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < files; index++)
    await writeFile(path.join(folder, `reader_${index}.c`), readerFile(40));
}
