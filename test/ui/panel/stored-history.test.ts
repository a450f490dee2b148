import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { panelFileOf } from '../../../src/ui/model/model-store.ts';
import {
  NO_HISTORY,
  pointsOfModel,
  readHistory,
  writeHistory,
} from '../../../src/ui/panel/stored-history.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const at = temporaryFolder();

const points = [0, 1, 2, 3].map((step) => ({ step, seconds: step, loss: 4 - step, gradientNorm: 1 }));
const corpus = { files: 1, heldOutFiles: 0, characters: 1, vocabularySize: 2, learnt: [], leftOut: [] };

describe('the stored history', () => {
  it('is read as it was written, within its limits', async () => {
    const model = at('one/model.safetensors');
    expect(await readHistory(model)).toEqual(NO_HISTORY);
    await writeHistory(model, { points, corpus });
    expect(await readHistory(model)).toEqual({ points, corpus });
    const many = Array.from({ length: 1000 }, (_, step) => ({ step, loss: 1 }));
    const files = Array.from({ length: 6000 }, (_, i) => ({ path: `${i}`, reason: 'binary' }));
    await writeHistory(model, { points: many, corpus: { ...corpus, leftOut: files } });
    const read = await readHistory(model);
    expect(read.points.length).toBeLessThanOrEqual(400);
    expect(read.corpus?.leftOut.length).toBe(5000);
  });

  it('that is torn or of another version is none', async () => {
    const model = at('two/model.safetensors');
    await writeHistory(model, { points, corpus: null });
    const text = await readFile(panelFileOf(model), 'utf8');
    await writeFile(panelFileOf(model), text.slice(0, -5));
    expect(await readHistory(model)).toEqual(NO_HISTORY);
    await writeFile(panelFileOf(model), text.replace('"version":1', '"version":2'));
    expect(await readHistory(model)).toEqual(NO_HISTORY);
  });

  it('belongs to the model whose losses it has, up to the step that was saved', () => {
    const losses = points.map(({ step, loss }) => ({ step, loss }));
    expect(pointsOfModel(points, losses, 2)).toEqual(points.slice(0, 3));
    expect(pointsOfModel(points, [...losses.slice(0, 3), { step: 3, loss: 9 }], 4)).toEqual([]);
    expect(pointsOfModel(points, [{ step: 7 }], 9)).toEqual([]);
  });
});
