import { createContextModel, MAX_CHARACTERS, type ContextModel } from '../../../context-model/index.ts';
import type { SourceFile } from '../../../corpus/index.ts';
import { chooseFiles } from '../../../corpus/index.ts';
import type { NamedText } from './protocol.ts';

/** The files that a context model learns: all, or whole files up to as many characters as the editor's holds. */
export function filesToLearn(
  files: readonly SourceFile[],
  maxCharacters = MAX_CHARACTERS,
): readonly SourceFile[] {
  const characters = files.reduce((sum, file) => sum + file.characters, 0);
  return characters <= maxCharacters ? files : chooseFiles(files, maxCharacters);
}

/**
 * Makes a context model with room for the files, and has it learn them.
 * @param onLearnt receives the part that is learnt, 0 to 1, a hundred times at most.
 */
export async function buildContextModel(
  files: readonly NamedText[],
  onLearnt: (part: number) => void = () => undefined,
  create = createContextModel,
): Promise<ContextModel> {
  const total = files.reduce((sum, { text }) => sum + text.length, 0);
  const model = await create(total);
  let units = 0;
  let reported = 0;
  for (const { name, text } of files) {
    model.learnFileNow(name, text);
    units += text.length;
    const percent = Math.floor((100 * units) / total);
    if (percent > reported) onLearnt(units / total);
    reported = percent;
  }
  return model;
}
