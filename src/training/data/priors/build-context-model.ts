import { createContextModel, MAX_CHARACTERS, type ContextModel } from '../../../context-model/index.ts';
import type { SourceFile } from '../../../corpus/index.ts';
import { chooseFiles } from '../../../corpus/index.ts';
import type { NamedText } from './protocol.ts';

/** Those of the files that a memory learns; the editor's holds as much. */
export function remembered(files: readonly SourceFile[], most = MAX_CHARACTERS): readonly SourceFile[] {
  const characters = files.reduce((sum, file) => sum + file.characters, 0);
  return characters <= most ? files : chooseFiles(files, most);
}

/**
 * A memory of the files, made for as much as they are.
 * @param onLearnt told the part that is learnt, 0 to 1, some hundred times at the most.
 */
export async function memoryOf(
  files: readonly NamedText[],
  onLearnt: (part: number) => void = () => undefined,
  create = createContextModel,
): Promise<ContextModel> {
  const total = files.reduce((sum, { text }) => sum + text.length, 0);
  const memory = await create(total);
  let units = 0;
  let told = 0;
  for (const { name, text } of files) {
    memory.learnFileNow(name, text);
    units += text.length;
    const percent = Math.floor((100 * units) / total);
    if (percent > told) onLearnt(units / total);
    told = percent;
  }
  return memory;
}
