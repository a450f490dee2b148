import { describe, expect, it } from 'vitest';
import { idsByCodePoint, Vocabulary } from '../../../../src/corpus/index.ts';
import { createContextModel } from '../../../../src/context-model/index.ts';
import { priorsWithoutWorkspace } from '../../../../src/training/data/priors/without-workspace.ts';
import { pack } from '../../../../src/training/data/priors/sparse-priors.ts';
import { sourceFile } from '../../files.ts';

const line = 'int twice(int value) { return value + value; }\n';
/** More than one piece, and less. */
const files = [sourceFile('a.c', line.repeat(100)), sourceFile('b.c', line)];
const vocabulary = Vocabulary.fromTexts([line]);

describe('priors without a workspace', () => {
  it('are those of a memory that knows nothing of any other file', async () => {
    const ids = idsByCodePoint(vocabulary.symbols);
    const expected = await Promise.all(
      files.map(async ({ path, text }) => pack((await createContextModel()).leaveOneOut(path, text), ids)),
    );
    expect(await priorsWithoutWorkspace(files, vocabulary)).toEqual(expected);
  });

  it('end between two pieces when aborted meanwhile', async () => {
    const abort = new AbortController();
    const asked = priorsWithoutWorkspace(
      Array.from({ length: 1000 }, () => files[0]),
      vocabulary,
      abort.signal,
    );
    setImmediate(() => abort.abort(new Error('enough')));
    await expect(asked).rejects.toThrow('enough');
  });
});
