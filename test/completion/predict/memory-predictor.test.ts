import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createContextModel, type ContextModel } from '../../../src/context-model/index.ts';
import { ContextModelPredictor } from '../../../src/completion/predict/context-model-predictor.ts';

/** The character that is expected at the end of a document's text. */
function nextIn(predictor: ContextModelPredictor, document: string, text: string): string {
  const request = { document, prefix: text, atFileStart: true, offset: text.length };
  const { codePoints, count } = predictor
    .read(request, () => false)!
    .continuation()
    .predict();
  return count > 0 ? String.fromCodePoint(codePoints[0]) : '';
}

/** Resolves when others know what was typed: it is looked through for credentials in later turns of the event loop. */
async function idle(memory: ContextModel): Promise<void> {
  for (let i = 0; i < 10; i++) await setImmediate();
  await memory.idle;
}

describe('what a document knows of others that are open', () => {
  it('is what was typed there, saved or not', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('/a.ts', 'const a = 1;\n');
    const predictor = new ContextModelPredictor(memory);
    predictor.open('/a.ts', 'const a = 1;\n');
    predictor.open('/b.ts', 'frobni');
    nextIn(predictor, '/a.ts', 'const a = 1;\n');
    predictor.change('/a.ts', [{ offset: 0, removed: 0, inserted: 'const frobnicate = 2;\n' }]);
    nextIn(predictor, '/b.ts', 'frobni');
    await idle(memory);
    expect(nextIn(predictor, '/b.ts', 'frobni')).toBe('c');
    predictor.forget('/a.ts');
    await idle(memory);
    expect(nextIn(predictor, '/b.ts', 'frobni')).not.toBe('c');
  });

  it('is what was not saved when it was opened', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('/a.ts', 'const a = 1;\n');
    memory.learnFileNow('/c.ts', 'const c = 1;\n');
    const predictor = new ContextModelPredictor(memory);
    predictor.open('/b.ts', 'frobni');
    predictor.open('/c.ts', 'const frobnicate = 2;\n');
    nextIn(predictor, '/b.ts', 'frobni');
    await idle(memory);
    expect(nextIn(predictor, '/b.ts', 'frobni')).not.toBe('c');
    predictor.open('/a.ts', 'const frobnicate = 2;\n', true);
    nextIn(predictor, '/b.ts', 'frobni');
    await idle(memory);
    expect(nextIn(predictor, '/b.ts', 'frobni')).toBe('c');
  });

  it('is nothing that was typed in one that was followed for another predictor', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('/a.ts', 'const a = 1;\n');
    const outOfStep: string[] = [];
    const former = new ContextModelPredictor(memory, (document) => outOfStep.push(document));
    former.open('/a.ts', 'const frobnicate = 2;\n', true);
    former.open('/b.ts', 'frobni');
    // What is not saved is about to be shared.
    nextIn(former, '/b.ts', 'frobni');
    former.unfollow();
    await idle(memory);
    expect(outOfStep).toEqual(['/a.ts', '/b.ts']);
    const predictor = new ContextModelPredictor(memory);
    predictor.open('/b.ts', 'frobni');
    expect(nextIn(predictor, '/b.ts', 'frobni')).not.toBe('c');
  });

  it('is no credential that was typed there', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('/a.ts', 'const a = 1;\n');
    const predictor = new ContextModelPredictor(memory);
    predictor.open('/a.ts', 'const a = 1;\n');
    predictor.open('/b.ts', 'const password = "hunt');
    const secret = 'const password = "hunter2-Xk29qLmZ";\nconst plain = 5;\n';
    predictor.change('/a.ts', [{ offset: 0, removed: 0, inserted: secret }]);
    nextIn(predictor, '/b.ts', 'const password = "hunt');
    await idle(memory);
    expect(nextIn(predictor, '/b.ts', 'const password = "hunt')).not.toBe('e');
    predictor.open('/c.ts', 'const plai');
    expect(nextIn(predictor, '/c.ts', 'const plai')).toBe('n');
  });
});

describe('what stands behind the cursor', () => {
  it('is not expected there, whatever was typed before it', async () => {
    const memory = await createContextModel();
    const predictor = new ContextModelPredictor(memory);
    predictor.open('/a.ts', 'alpha\nbeta\ngamma\n');
    predictor.change('/a.ts', [{ offset: 6, removed: 0, inserted: '\n' }]);
    expect(nextIn(predictor, '/a.ts', 'alpha\n')).not.toBe('\n');
    predictor.change('/a.ts', [{ offset: 6, removed: 0, inserted: 'x(' }]);
    predictor.change('/a.ts', [{ offset: 8, removed: 0, inserted: '()' }]);
    expect(nextIn(predictor, '/a.ts', 'alpha\nx((')).not.toBe(')');
  });
});
